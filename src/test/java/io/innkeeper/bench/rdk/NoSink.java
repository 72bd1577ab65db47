package io.innkeeper.bench.rdk;

import io.innkeeper.device.Sighting;
import io.innkeeper.feed.LeaseSink;
import io.innkeeper.feed.LogReport;
import io.innkeeper.lease.LeaseReport;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.lease.Reservation;
import java.util.List;

/** What plugins never tell. */
abstract class NoSink implements LeaseSink {
    @Override
    public void report(LeaseReport report) {
        throw new IllegalStateException("leases come with what is published of their clients");
    }

    @Override
    public void seen(Sighting sighting) {
        throw new IllegalStateException("plugins tell of no devices");
    }

    @Override
    public void reserved(LeaseSource source, List<Reservation> reservations) {
        throw new IllegalStateException("plugins tell of no reservations");
    }

    @Override
    public void heard(LogReport report) {
        throw new IllegalStateException("plugins write no log");
    }
}
