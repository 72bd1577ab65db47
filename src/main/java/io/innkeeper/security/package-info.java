/** Who may do what: {@link io.innkeeper.security.AccessGate} keeps foreign web pages out. Pure; imports {@code wire.net}. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.security;
