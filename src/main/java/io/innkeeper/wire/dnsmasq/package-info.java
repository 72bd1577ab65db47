/**
 * dnsmasq's texts: the lease file, the configuration, what its script is told. Imports only {@code wire.net}; no file is
 * opened here. Start with {@link io.innkeeper.wire.dnsmasq.LeaseFile}.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.wire.dnsmasq;
