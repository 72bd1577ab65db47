package io.innkeeper.wire.dnsmasq.log;

/** Where an answer came from, or what else was done with a question. */
public enum AnswerSource {
    /** It was handed to an upstream server: the value is whom. */
    FORWARDED,
    /** An upstream server answered: the value is what. */
    REPLY,
    CACHED,
    /** From the cache although it was too old. */
    CACHED_STALE,
    CONFIG,
    DHCP,
    /** From a file of hosts: {@link LogEntry.AnswerLine#file()} says which. */
    HOSTS,
    /** From a zone that dnsmasq is the server of. */
    AUTH,
    /** What the validation of signatures said. */
    VALIDATION,
    /** A question for keys or signatures handed to an upstream server. */
    DNSSEC_QUERY,
    /** Blocked by Pi-hole's lists: {@link LogEntry.AnswerLine#file()} has its words for which. */
    BLOCKED,
    /** An address was put into a set of the firewall. */
    FIREWALL_SET
}
