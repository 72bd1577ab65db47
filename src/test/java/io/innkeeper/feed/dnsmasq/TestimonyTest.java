package io.innkeeper.feed.dnsmasq;

import static io.innkeeper.feed.dnsmasq.Witness.DBUS;
import static io.innkeeper.feed.dnsmasq.Witness.LOG;
import static io.innkeeper.feed.dnsmasq.Witness.SCRIPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.lease.Expiry;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.lease.LeaseReport;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.wire.dnsmasq.LeaseFile;
import io.innkeeper.wire.dnsmasq.ScriptNotice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is made of what all who watch a dnsmasq say; the same whoever they are, and in whatever order they come. */
class TestimonyTest {
    private static final Duration GATHER = Duration.ofMillis(250);
    private static final long END = 4_000_000_000L;

    private final Instant start = Instant.parse("2026-11-21T20:00:00Z");
    private final Set<Witness> listening = EnumSet.noneOf(Witness.class);
    private Testimony testimony = testimony(true);
    private long millis;
    private long looks;

    private Testimony testimony(boolean hasFile) {
        return new Testimony(
                LeaseSource.dnsmasq("home"),
                hasFile,
                GATHER,
                List.of(),
                DnsmasqSetup::empty,
                () -> EnumSet.copyOf(listening),
                0);
    }

    private Instant now() {
        return start.plusMillis(millis);
    }

    private long nanos() {
        return millis * 1_000_000;
    }

    private Word word(Witness by, String action, int host, String... more) {
        Map<String, String> fields = new HashMap<>(Map.of(
                "action", action, "mac", "02:00:00:00:00:0" + host, "ip", "10.0.0." + host, "hostname", "h" + host));
        for (int i = 0; i < more.length; i += 2) {
            fields.put(more[i], more[i + 1]);
        }
        return new Word(Objects.requireNonNull(ScriptNotice.parse(fields).notice()), by, now());
    }

    private void say(Witness by, String action, int host, String... more) {
        testimony.hear(word(by, action, host, more), now(), nanos());
    }

    private static String line(int host) {
        return "%d 02:00:00:00:00:0%d 10.0.0.%d h%d *\n".formatted(END, host, host, host);
    }

    private void look(String... lines) {
        byte[] bytes = String.join("", lines).getBytes(StandardCharsets.UTF_8);
        Look.FileStamp stamp = new Look.FileStamp("1", bytes.length, ++looks, looks);
        testimony.look(new Look(stamp, false, false, LeaseFile.parse(bytes)), now(), nanos());
    }

    private List<String> settle() {
        List<String> told = new ArrayList<>();
        for (Testimony.Step step : testimony.settle(now(), nanos())) {
            for (LeaseReport report : step.leases()) {
                report.gone().forEach(address -> told.add("-" + address + " " + report.sources()));
                report.seen().forEach(fact -> told.add("+" + fact.address() + " " + report.sources()));
            }
            if (step.batch() != null) {
                told.add("place " + step.batch().place());
            }
        }
        return told;
    }

    private void readFirst() {
        look();
        assertThat(settle()).isEmpty();
    }

    @Test
    void allWhoSawItAreNamed() {
        listening.addAll(Set.of(LOG, DBUS));
        readFirst();
        say(LOG, "add", 1);
        assertThat(settle()).isEmpty();
        millis += 5;
        look(line(1));
        assertThat(settle()).isEmpty();
        say(DBUS, "add", 1);
        assertThat(settle()).containsExactly("+10.0.0.1 [dbus, file, log]");
        millis += 1_000;
        say(LOG, "del", 1);
        look(line(1)); // dnsmasq writes its log before its file
        assertThat(settle()).isEmpty();
        millis += 10;
        say(DBUS, "del", 1);
        look();
        assertThat(settle()).containsExactly("-10.0.0.1 [dbus, file, log]");
        assertThat(testimony.toldCount()).isZero();
    }

    @Test
    void whoComesLateChangesNothing() {
        listening.addAll(Set.of(LOG, DBUS));
        readFirst();
        look(line(1));
        millis += 250;
        assertThat(settle()).containsExactly("+10.0.0.1 [file]");
        say(LOG, "add", 1);
        assertThat(settle()).as("details only").containsExactly("+10.0.0.1 [log]");
        say(DBUS, "del", 1);
        millis += 2_000;
        look(line(1));
        assertThat(settle()).isEmpty();
    }

    @Test
    void withOneWitnessNothingWaits() {
        testimony = testimony(false);
        listening.add(LOG);
        say(LOG, "add", 1);
        assertThat(settle()).containsExactly("+10.0.0.1 [log]");
        say(LOG, "del", 1);
        assertThat(settle()).containsExactly("-10.0.0.1 [log]");
    }

    @Test
    void aWitnessThatDoesNotListenIsNotWaitedFor() {
        testimony = testimony(false);
        listening.add(LOG);
        say(LOG, "add", 1);
        assertThat(settle()).hasSize(1);
        listening.add(DBUS);
        say(LOG, "add", 2);
        assertThat(settle()).isEmpty();
        millis += 250;
        assertThat(settle()).containsExactly("+10.0.0.2 [log]");
    }

    @Test
    void aLogAloneEndsLeasesByTheirTime() {
        testimony = testimony(false);
        say(LOG, "add", 1);
        assertThat(settle()).hasSize(1);
        millis += Duration.ofHours(1).toMillis();
        assertThat(settle()).isEmpty();
        millis += ToldLeases.GRACE.toMillis();
        assertThat(settle()).containsExactly("-10.0.0.1 []");
    }

    @Test
    void aBusAloneDoesNotEndThemSinceItIsSilentOfRenewals() {
        testimony = testimony(false);
        say(DBUS, "add", 1);
        assertThat(settle()).hasSize(1);
        millis += Duration.ofDays(9).toMillis();
        assertThat(settle()).isEmpty();
        say(DBUS, "del", 1);
        assertThat(settle()).containsExactly("-10.0.0.1 [dbus]");
    }

    @Test
    void theWordThatKnowsTheEndCounts() {
        testimony = testimony(false);
        listening.addAll(Set.of(LOG, DBUS));
        say(DBUS, "add", 1);
        say(LOG, "add", 1, "DNSMASQ_LEASE_EXPIRES", String.valueOf(END));
        LeaseFact fact = testimony
                .settle(now(), nanos())
                .getFirst()
                .leases()
                .getFirst()
                .seen()
                .getFirst();
        assertThat(fact.expiry()).isEqualTo(Expiry.at(Instant.ofEpochSecond(END)));
    }

    @Test
    void oldLinesAreNotBelievedAgainstTheFile() {
        readFirst();
        Word old = word(LOG, "add", 1);
        millis += 60_000;
        testimony.hear(old, now(), nanos());
        millis += 2_000;
        assertThat(settle()).isEmpty();
        assertThat(testimony.toldCount()).isZero();
    }

    @Test
    void linesOfLeasesThatAreOverAreNotBelieved() {
        testimony = testimony(false);
        Word old = word(LOG, "add", 1);
        millis += Duration.ofHours(2).toMillis();
        testimony.hear(old, now(), nanos());
        assertThat(settle()).isEmpty();
    }

    @Test
    void aPlaceFollowsWhatItsLinesSaid() {
        testimony = testimony(false);
        listening.addAll(Set.of(LOG, DBUS));
        LogBatch batch = new LogBatch(LOG, List.of(word(LOG, "add", 1)), List.of(), List.of(), "p1");
        testimony.hear(batch, now(), nanos());
        assertThat(settle()).isEmpty();
        say(DBUS, "add", 1);
        assertThat(settle()).containsExactly("+10.0.0.1 [dbus, log]", "place p1");
    }

    @Test
    void theScriptIsWaitedForOnceItSpoke() {
        readFirst();
        look(line(1));
        assertThat(settle()).containsExactly("+10.0.0.1 [file]");
        say(SCRIPT, "old", 1);
        millis += 250;
        settle();
        look(line(1), line(2));
        assertThat(settle()).isEmpty();
        say(SCRIPT, "add", 2);
        assertThat(settle()).containsExactly("+10.0.0.2 [file, script]");
    }
}
