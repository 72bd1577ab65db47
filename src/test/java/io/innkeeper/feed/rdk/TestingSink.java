package io.innkeeper.feed.rdk;

import io.innkeeper.device.Sighting;
import io.innkeeper.feed.ClientReport;
import io.innkeeper.feed.ClientWord;
import io.innkeeper.feed.LeaseSink;
import io.innkeeper.feed.LogReport;
import io.innkeeper.lease.LeaseReport;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.lease.Reservation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps reports; holds up the interfaces that it is told to hold up. */
public final class TestingSink implements LeaseSink {
    /** Leases, in the order in which they were stored. */
    public final List<LeaseReport> reports = new CopyOnWriteArrayList<>();
    /** All that was stored, in its order. */
    public final List<ClientReport> clientReports = new CopyOnWriteArrayList<>();

    /** How many words were handed over at a time. */
    final List<Integer> pieces = new CopyOnWriteArrayList<>();

    private final Set<String> heldUp = new HashSet<>();

    @Override
    public void clients(List<ClientWord> words) throws InterruptedException {
        pieces.add(words.size());
        LeaseSink.super.clients(words);
    }

    @Override
    public synchronized void clients(ClientReport report, Runnable stored) throws InterruptedException {
        while (heldUp.contains(report.source().name())) {
            wait();
        }
        clientReports.add(report);
        reports.addAll(report.leases());
        stored.run();
    }

    @Override
    public void report(LeaseReport report) {
        throw new AssertionError("leases come with what is published of their clients");
    }

    /** From now on, nothing of this interface is stored. */
    public synchronized void holdUp(String ifname) {
        heldUp.add(ifname);
    }

    /** What was held up goes on. */
    public synchronized void letGo(String ifname) {
        heldUp.remove(ifname);
        notifyAll();
    }

    /** The reports of an interface. */
    public List<LeaseReport> of(String ifname) {
        return reports.stream()
                .filter(report -> report.source().name().equals(ifname))
                .toList();
    }

    @Override
    public void seen(Sighting sighting) {
        throw new AssertionError("plugins tell of no devices");
    }

    @Override
    public void reserved(LeaseSource source, List<Reservation> reservations) {
        throw new AssertionError("plugins tell of no reservations");
    }

    @Override
    public void heard(LogReport report) {
        throw new AssertionError("plugins write no log");
    }
}
