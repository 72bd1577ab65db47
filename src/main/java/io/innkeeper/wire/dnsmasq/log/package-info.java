/**
 * What dnsmasq writes into logs: octets ⇄ lines ⇄ entries. Start with {@link io.innkeeper.wire.dnsmasq.log.LogLines}, which finds
 * dnsmasq's lines among others, and {@link io.innkeeper.wire.dnsmasq.log.LogEntry}, which says what one means.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.wire.dnsmasq.log;
