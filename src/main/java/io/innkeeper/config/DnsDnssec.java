package io.innkeeper.config;

/** What is done about signatures (DNSSEC). */
public enum DnsDnssec {
    /** Nothing: signatures are passed on to those who ask for them. */
    OFF,
    /** Answers of the upstreams are checked; what is wrongly signed is answered with SERVFAIL. */
    VALIDATE
}
