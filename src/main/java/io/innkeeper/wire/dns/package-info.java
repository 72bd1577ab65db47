/**
 * DNS on the wire: RFC 1035 messages, EDNS (RFC 6891), and the types of records that we look into. All others are carried
 * as they are (RFC 3597). Parsing is total. Start with {@link io.innkeeper.wire.dns.DnsMessage}; what runs for each packet is
 * {@link io.innkeeper.wire.dns.QueryView} and {@link io.innkeeper.wire.dns.AnswerWriter}.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.wire.dns;
