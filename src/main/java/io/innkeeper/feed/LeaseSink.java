package io.innkeeper.feed;

import io.innkeeper.device.Sighting;
import io.innkeeper.lease.LeaseReport;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.lease.Reservation;
import java.util.List;

/** Takes what sources notice. Its methods wait while the receiver has too much to do; nothing is dropped. */
public interface LeaseSink {
    /**
     * Leases that are there, changed or ended.
     *
     * @throws InterruptedException if interrupted while waiting
     */
    void report(LeaseReport report) throws InterruptedException;

    /**
     * A device noticed otherwise than by a lease.
     *
     * @throws InterruptedException if interrupted while waiting
     */
    void seen(Sighting sighting) throws InterruptedException;

    /** The addresses that a source keeps for certain hosts: all of them, in place of those told before. */
    void reserved(LeaseSource source, List<Reservation> reservations);

    /**
     * What was read of a log: all of it is stored in one transaction, in turn with the reports handed in before.
     *
     * @throws InterruptedException if interrupted while waiting; it may then not be taken
     */
    void heard(LogReport report) throws InterruptedException;

    /**
     * What DHCP clients of this machine told: all of it is stored in one transaction, in turn with what was handed in before.
     *
     * @param stored run when it is stored, on the receiver's thread; never where it is not. It is quick and does not throw
     * @throws InterruptedException if interrupted while waiting; it may then not be taken
     */
    void clients(ClientReport report, Runnable stored) throws InterruptedException;

    /**
     * Several such reports, in this order. They may share one transaction; each is told for itself that it is stored.
     *
     * @throws InterruptedException if interrupted while waiting; the last ones may then not be taken
     */
    default void clients(List<ClientWord> words) throws InterruptedException {
        for (ClientWord word : words) {
            clients(word.report(), word.stored());
        }
    }
}
