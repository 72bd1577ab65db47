/** Tests of what is read of dnsmasq's log. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.wire.dnsmasq.log;
