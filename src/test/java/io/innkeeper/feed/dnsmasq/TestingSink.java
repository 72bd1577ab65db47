package io.innkeeper.feed.dnsmasq;

import io.innkeeper.device.Sighting;
import io.innkeeper.feed.ClientReport;
import io.innkeeper.feed.LeaseSink;
import io.innkeeper.feed.LogReport;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseBook;
import io.innkeeper.lease.LeaseChange;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.lease.LeaseReport;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.lease.Reservation;
import io.innkeeper.wire.net.IpAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what a feed tells, and what a lease book makes of it. */
final class TestingSink implements LeaseSink {
    private final List<LeaseReport> reports = new ArrayList<>();
    private final List<LogReport> logReports = new ArrayList<>();
    private final List<LeaseChange> changes = new ArrayList<>();
    private final List<Sighting> sightings = new ArrayList<>();
    private List<Reservation> reservations = List.of();
    private final LeaseBook book;

    TestingSink(List<Lease> known) {
        book = new LeaseBook(known);
    }

    @Override
    public synchronized void report(LeaseReport report) {
        reports.add(report);
        List<LeaseChange> decided = book.decide(report, Instant.now());
        book.apply(decided);
        changes.addAll(decided);
    }

    @Override
    public void clients(ClientReport report, Runnable stored) {
        throw new AssertionError("a dnsmasq has no clients of this machine");
    }

    @Override
    public synchronized void heard(LogReport report) {
        logReports.add(report);
        report.leases().forEach(this::report);
    }

    synchronized List<LogReport> logReports() {
        return List.copyOf(logReports);
    }

    @Override
    public synchronized void seen(Sighting sighting) {
        sightings.add(sighting);
    }

    @Override
    public synchronized void reserved(LeaseSource source, List<Reservation> told) {
        reservations = told;
    }

    synchronized List<LeaseReport> reports() {
        return List.copyOf(reports);
    }

    synchronized List<Sighting> sightings() {
        return List.copyOf(sightings);
    }

    synchronized List<Reservation> reservations() {
        return reservations;
    }

    /** What happened to leases, a short text each: {@code Added 10.0.0.1}. */
    synchronized List<String> events() {
        return changes.stream()
                .filter(change -> !(change instanceof LeaseChange.Completed))
                .map(change ->
                        change.getClass().getSimpleName() + " " + change.lease().address())
                .toList();
    }

    /** What is known of a lease, or null. */
    synchronized @Nullable LeaseFact lease(String address) {
        Lease lease = book.get(new Lease.Key(
                LeaseSource.dnsmasq("home"), IpAddress.parse(address).orElseThrow()));
        return lease == null ? null : lease.fact();
    }
}
