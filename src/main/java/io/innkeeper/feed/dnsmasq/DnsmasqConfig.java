package io.innkeeper.feed.dnsmasq;

import io.innkeeper.wire.dnsmasq.ConfigProblem;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What was found in dnsmasq's configuration files, in the order it was read.
 *
 * @param reservations the hosts it knows
 * @param ranges the addresses it gives out
 * @param leaseFiles where it keeps its leases, as configured; empty where it uses its built-in path
 * @param domains the domains it serves, as written
 * @param scripts the programs it calls on lease changes
 * @param directives what else is said about DHCP
 * @param problems what could not be read or followed
 * @param watched every file and directory that matters, also those that are not there (yet)
 */
record DnsmasqConfig(
        List<DnsmasqReservation> reservations,
        List<DnsmasqRange> ranges,
        List<Path> leaseFiles,
        List<String> domains,
        List<Path> scripts,
        List<DnsmasqDirective> directives,
        List<ConfigProblem> problems,
        Set<Path> watched) {
    DnsmasqConfig {
        reservations = List.copyOf(reservations);
        ranges = List.copyOf(ranges);
        leaseFiles = List.copyOf(leaseFiles);
        domains = List.copyOf(domains);
        scripts = List.copyOf(scripts);
        directives = List.copyOf(directives);
        problems = List.copyOf(problems);
        watched = Collections.unmodifiableSet(new LinkedHashSet<>(watched));
    }
}
