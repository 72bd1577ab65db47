package io.innkeeper.config;

/** How a block list is written. */
public enum DnsListForm {
    /** Found out from its lines. */
    AUTO,
    /** As {@code /etc/hosts}: an address and names. */
    HOSTS,
    /** A domain name a line; its subdomains belong to it. */
    DOMAINS,
    /** {@code ||name^}, {@code @@} for exceptions, {@code $important}, {@code $client}, {@code $dnstype}; hosts lines too. */
    ADBLOCK,
    /** A response policy zone in the master file format. */
    RPZ,
    /** A regular expression a line. */
    REGEX
}
