package io.innkeeper.feed.dnsmasq;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.property.Property;
import io.innkeeper.property.Samples;
import io.innkeeper.wire.dnsmasq.LeaseLine;
import io.innkeeper.wire.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A dnsmasq that does anything, and a reader that looks at any moment: no lease is lost that stands, none kept that ended. */
class CutGuardSimulationTest {
    private static final Instant START = Instant.ofEpochSecond(1_700_000_000L);
    private static final int POLL_MS = 1_000;
    private static final int SINGLE_LOSS_MS = 1_000;
    private static final int ANY_LOSS_MS = 6_000;

    /** The reader: looks soon after each change, when asked to look again, and once a second. */
    private static final class Reader {
        final VirtualDnsmasq dnsmasq;
        final Samples samples;
        final CutGuard guard = new CutGuard(List.of());

        /** What those who were told believe. */
        final Map<IpAddress, LeaseLine> view = new LinkedHashMap<>();

        long nextLookMs;

        Reader(VirtualDnsmasq dnsmasq, Samples samples) {
            this.dnsmasq = dnsmasq;
            this.samples = samples;
        }

        /** One millisecond. */
        void tick(long ms) {
            if (dnsmasq.advance(ms)) {
                nextLookMs = Math.min(nextLookMs, ms + samples.pick(0, 0, 1, 2, 7));
            }
            if (ms >= nextLookMs) {
                nextLookMs = ms + POLL_MS;
                look(ms);
            }
        }

        private void look(long ms) {
            if (dnsmasq.isAbsent(ms)) {
                guard.lookFailed();
                return;
            }
            Look look = dnsmasq.look();
            CutGuard.Verdict verdict = guard.look(look, Set.of(), START.plusMillis(ms), ms * 1_000_000);
            for (IpAddress gone : verdict.gone()) {
                LeaseLine line = view.remove(gone);
                assertThat(line)
                        .as("at %d ms %s was told gone without being there", ms, gone)
                        .isNotNull();
                assertThat(line != null && dnsmasq.holds(line))
                        .as("at %d ms the lease %s was told gone but stands", ms, line)
                        .isFalse();
            }
            for (LeaseLine line : verdict.seen()) {
                assertThat(dnsmasq.everWrote(line))
                        .as("at %d ms %s was seen but never written", ms, line)
                        .isTrue();
                view.put(line.address(), line);
            }
            Duration again = verdict.lookAgainIn();
            if (again != null) {
                nextLookMs = Math.min(nextLookMs, ms + Math.max(1, again.toMillis() + 1));
            } else if (look.torn()) {
                nextLookMs = Math.min(nextLookMs, ms + 20);
            }
        }

        /** How many leases are still believed that ended, or not known as they are. */
        Set<IpAddress> wrong() {
            Set<IpAddress> wrong = new HashSet<>(view.keySet());
            Set<LeaseLine> right = new HashSet<>(dnsmasq.leases());
            right.forEach(line -> wrong.remove(line.address()));
            right.stream()
                    .filter(line -> !line.equals(view.get(line.address())))
                    .forEach(line -> wrong.add(line.address()));
            return wrong;
        }
    }

    private static void anyEvent(VirtualDnsmasq dnsmasq, Samples samples, long ms) {
        switch (samples.below(10)) {
            case 0, 1, 2 -> dnsmasq.add(ms);
            case 3, 4, 5 -> dnsmasq.renew(ms);
            case 6, 7 -> dnsmasq.release();
            case 8 -> dnsmasq.restart();
            default -> {
                if (!dnsmasq.isWriting()) {
                    dnsmasq.replaceFile(ms);
                }
            }
        }
        dnsmasq.expire(ms);
        dnsmasq.write(ms);
    }

    @Test
    void noLeaseIsLostThatStandsAndNoneKeptThatEnded() {
        Property.check(400, samples -> {
            VirtualDnsmasq dnsmasq = new VirtualDnsmasq(samples);
            Reader reader = new Reader(dnsmasq, samples);
            long ms = 0;
            for (int burst = 0; burst < 4; burst++) {
                long pace = samples.pick(10, 40, 250, 400, 2_000);
                int events = 5 + samples.below(20);
                for (long nextMs = ms; events > 0; ms++) {
                    if (ms >= nextMs) {
                        nextMs = ms + 1 + samples.below((int) pace);
                        anyEvent(dnsmasq, samples, ms);
                        events--;
                    }
                    reader.tick(ms);
                }
                ms = calm(reader, ms);
            }
        });
    }

    /** Nothing happens for a while: a single difference is told within a second, any within six. */
    private static long calm(Reader reader, long fromMs) {
        long ms = fromMs;
        while (reader.dnsmasq.isWriting() || reader.dnsmasq.isAbsent(ms)) {
            reader.tick(ms++);
        }
        int wrong = reader.wrong().size();
        long calmSinceMs = ms;
        for (; ms < calmSinceMs + ANY_LOSS_MS; ms++) {
            reader.tick(ms);
            if (wrong <= 1 && ms == calmSinceMs + SINGLE_LOSS_MS) {
                assertThat(reader.wrong())
                        .as("a second after calm at %d ms", calmSinceMs)
                        .isEmpty();
            }
        }
        assertThat(reader.wrong())
                .as("six seconds after calm at %d ms", calmSinceMs)
                .isEmpty();
        assertThat(reader.guard.accepted()).containsExactlyInAnyOrderElementsOf(reader.dnsmasq.leases());
        return ms;
    }

    @Test
    void oneReleaseIsToldWithinASecond() {
        Property.check(200, samples -> {
            VirtualDnsmasq dnsmasq = new VirtualDnsmasq(samples);
            Reader reader = new Reader(dnsmasq, samples);
            long ms = 0;
            for (int i = 0; i < 1 + samples.below(8); i++) {
                dnsmasq.add(ms);
            }
            dnsmasq.write(ms);
            ms = calm(reader, ms);
            dnsmasq.release();
            dnsmasq.write(ms);
            while (dnsmasq.isWriting()) {
                reader.tick(ms++);
            }
            long doneMs = ms;
            while (ms <= doneMs + SINGLE_LOSS_MS) {
                reader.tick(ms++);
            }
            assertThat(reader.wrong()).isEmpty();
        });
    }

    @Test
    void aFileThatNeverKeepsStillShowsWhatEndedInItsMidst() {
        Property.check(20, samples -> {
            VirtualDnsmasq dnsmasq = new VirtualDnsmasq(samples);
            Reader reader = new Reader(dnsmasq, samples);
            long ms = 0;
            for (int i = 0; i < 40; i++) {
                dnsmasq.add(ms);
            }
            dnsmasq.write(ms);
            ms = calm(reader, ms);
            IpAddress ended = dnsmasq.leases()
                    .get(samples.below(dnsmasq.leases().size() - 3))
                    .address();
            if (ended.v6()) {
                return;
            }
            dnsmasq.release(ended);
            long untilMs = ms + 8_000;
            for (; ms < untilMs; ms++) {
                if (samples.oneIn(dnsmasq.isWriting() ? 100 : 30)) {
                    dnsmasq.renew(ms);
                    dnsmasq.write(ms);
                }
                reader.tick(ms);
            }
            assertThat(reader.view).doesNotContainKey(ended);
        });
    }
}
