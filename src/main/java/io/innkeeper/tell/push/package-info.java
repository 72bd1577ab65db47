/** Tells a lease monitor what a DHCP client said, as the plugins of the RDK manager do: a PUSH socket of nanomsg, one message. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.tell.push;
