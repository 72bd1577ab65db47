package io.innkeeper;

import io.innkeeper.config.LeaseMonitorV2;
import io.innkeeper.config.LeaseMonitorV2Limits;
import io.innkeeper.feed.rdk.InterfaceRouter;
import io.innkeeper.feed.rdk.MonitorCounts;
import io.innkeeper.feed.rdk.RefusedMessages;
import io.innkeeper.feed.rdk.v2.ReportCounts;
import io.innkeeper.feed.rdk.v2.ReportReceiver;
import io.innkeeper.feed.rdk.v2.SenderPlaces;
import io.innkeeper.ops.Metrics;
import io.innkeeper.service.Health;
import io.innkeeper.service.Service.FailureListener;
import io.innkeeper.service.ServiceException;
import io.innkeeper.store.Outbox;
import io.innkeeper.store.ReadPlaces;
import io.innkeeper.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Version 2 of the lease monitor's protocol as a part of the program: its keys, its listeners, how they are found. */
final class LeaseReports {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseReports.class);
    private static final Duration FORGETTING = Duration.ofHours(1);

    private final Heart heart;
    private final MonitorCounts counts;
    private final RefusedMessages refused;
    private final Consumer<UnaryOperator<List<String>>> dns;
    private final ReportCounts reports = new ReportCounts();
    private final SecureRandom random = new SecureRandom();
    private volatile @Nullable LeaseKeys keys;
    private @Nullable Instant forgotAt;

    /** @param dns takes records of the local domains */
    LeaseReports(
            Heart heart,
            Metrics metrics,
            MonitorCounts counts,
            RefusedMessages refused,
            Consumer<UnaryOperator<List<String>>> dns) {
        this.heart = heart;
        this.counts = counts;
        this.refused = refused;
        this.dns = dns;
        metrics.counts(
                "innkeeper_lease_monitor_v2_connections",
                "Connections of senders: accepted, and why they ended",
                reports::connections,
                "what");
        metrics.counts(
                "innkeeper_lease_monitor_v2_reports",
                "Reports of senders: received, and what became of them",
                reports::reports,
                "outcome");
    }

    /** Version 2, as long as it is spoken. */
    final class Running implements AutoCloseable {
        private final LeaseKeys valid;
        private final ReportReceiver receiver;
        private final LeaseAnnouncement announcement;

        private Running(LeaseKeys valid, ReportReceiver receiver, LeaseAnnouncement announcement) {
            this.valid = valid;
            this.receiver = receiver;
            this.announcement = announcement;
        }

        ReportReceiver receiver() {
            return receiver;
        }

        /** How it is. */
        Health health() {
            Optional<String> complaint = valid.complaint();
            return new Health(
                    complaint.isEmpty() ? Health.Level.OK : Health.Level.DEGRADED,
                    complaint.orElse("version 2 at "
                            + receiver.addresses().stream()
                                    .map(Object::toString)
                                    .reduce((one, other) -> one + ", " + other)
                                    .orElse("")),
                    receiver.status());
        }

        @Override
        public void close() {
            announcement.close();
            receiver.close();
            if (keys == valid) {
                keys = null;
            }
        }
    }

    /**
     * Listens and announces; nothing is heard before its receiver starts.
     *
     * @throws IOException if an address cannot be had
     * @throws ServiceException if a key cannot be read, or the file with the address cannot be written
     */
    Running open(LeaseMonitorV2 section, InterfaceRouter router, FailureListener listener)
            throws IOException, ServiceException {
        LeaseKeys valid = new LeaseKeys(section.keys(), System.getenv());
        ReportReceiver receiver = new ReportReceiver(
                section.listen(),
                limits(section.limits()),
                new ReportReceiver.World(
                        router,
                        new SenderPlaces(this::place),
                        monitor(),
                        valid,
                        random::nextBytes,
                        counts,
                        reports,
                        refused,
                        heart.clock,
                        listener::failed));
        try {
            LeaseAnnouncement announcement = new LeaseAnnouncement(section.announce(), receiver.addresses(), dns);
            keys = valid;
            return new Running(valid, receiver, announcement);
        } catch (IOException e) {
            receiver.close();
            throw new ServiceException("the lease monitor cannot be announced: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            receiver.close();
            throw e;
        }
    }

    private static ReportReceiver.Limits limits(LeaseMonitorV2Limits limits) {
        return new ReportReceiver.Limits(
                limits.connections(),
                limits.window(),
                limits.waiting(),
                limits.handshake(),
                limits.unfinished(),
                limits.idle());
    }

    private Optional<String> place(String reader) {
        try {
            return new ReadPlaces(heart.database).of(reader);
        } catch (StoreException e) {
            throw new UncheckedIOException(new IOException(e.getMessage(), e));
        }
    }

    /** The identity of the store, as long as the protocol wants it. */
    private String monitor() {
        try {
            byte[] identity = new Outbox(heart.database).identity().getBytes(StandardCharsets.US_ASCII);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(identity);
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /** Other keys are valid from now on; false where it does not run. */
    boolean keys(LeaseMonitorV2 section) {
        LeaseKeys valid = keys;
        if (valid != null) {
            valid.change(section.keys());
        }
        return valid != null;
    }

    /** Forgets senders that are silent for long, once an hour; called more often than that, by one thread. */
    void forget(LeaseMonitorV2Limits limits) {
        Instant now = heart.clock.instant();
        if (forgotAt != null && now.isBefore(forgotAt.plus(FORGETTING))) {
            return;
        }
        forgotAt = now;
        try {
            int forgotten = new ReadPlaces(heart.database)
                    .forget(SenderPlaces.READERS, now.minus(limits.forget()).getEpochSecond(), limits.remembered());
            if (forgotten > 0) {
                LOG.info("{} pairs of sender and interface are forgotten: nothing came of them for long", forgotten);
            }
        } catch (StoreException e) {
            LOG.warn("Senders that are silent for long cannot be forgotten now: {}", e.getMessage());
        }
    }
}
