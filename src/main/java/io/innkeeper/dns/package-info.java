/** The DNS server: ║ {@code DnsEngine} takes the steps of an answer, {@code DnsServer} is the loop around it. */
@NullMarked
package io.innkeeper.dns;

import org.jspecify.annotations.NullMarked;
