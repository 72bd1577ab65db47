package io.innkeeper.feed.dnsmasq;

import static io.innkeeper.feed.dnsmasq.Witness.DBUS;
import static io.innkeeper.feed.dnsmasq.Witness.FILE;
import static io.innkeeper.feed.dnsmasq.Witness.LOG;
import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.feed.dnsmasq.Gathering.Awaited;
import io.innkeeper.feed.dnsmasq.Gathering.Element;
import io.innkeeper.feed.dnsmasq.Gathering.Fact;
import io.innkeeper.feed.dnsmasq.Gathering.Found;
import io.innkeeper.feed.dnsmasq.Gathering.Mark;
import io.innkeeper.feed.dnsmasq.Gathering.Statement;
import io.innkeeper.wire.net.IpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GatheringTest {
    private static final Awaited ALL = new Awaited(Set.of(FILE, LOG, DBUS), false, true);
    private static final long MS = 1_000_000;

    private final Gathering gathering = new Gathering(Duration.ofMillis(250));
    private long nanos;

    private static Statement seen(int host, Witness by) {
        return new Statement(IpAddress.v4(host), false, "client " + host, by, null, null);
    }

    private static Statement gone(int host, Witness by) {
        return new Statement(IpAddress.v4(host), true, null, by, null, null);
    }

    private Found say(Statement statement) {
        Found found = gathering.find(statement, nanos);
        if (found == Found.NONE) {
            gathering.open(statement, ALL, nanos);
        }
        return found;
    }

    private List<String> settle() {
        List<String> out = new ArrayList<>();
        for (Element element : gathering.settle(nanos)) {
            out.add(
                    switch (element) {
                        case Fact fact -> (fact.gone ? "-" : "+") + fact.address.low() + " " + fact.by;
                        case Mark mark -> "place " + mark.batch().place();
                    });
        }
        return out;
    }

    private static LogBatch place(String place) {
        return new LogBatch(LOG, List.of(), List.of(), List.of(), place);
    }

    @Test
    void goesOutAsSoonAsAllHaveSpoken() {
        assertThat(say(seen(1, LOG))).isEqualTo(Found.NONE);
        assertThat(say(seen(1, FILE))).isEqualTo(Found.JOINED);
        assertThat(settle()).isEmpty();
        assertThat(say(seen(1, DBUS))).isEqualTo(Found.JOINED);
        assertThat(settle()).containsExactly("+1 [FILE, LOG, DBUS]");
        assertThat(gathering.next(nanos)).isNull();
    }

    @Test
    void waitsNoLongerThanItMay() {
        say(seen(1, LOG));
        nanos += 249 * MS;
        assertThat(settle()).isEmpty();
        assertThat(gathering.next(nanos)).isPositive();
        nanos += MS;
        assertThat(settle()).containsExactly("+1 [LOG]");
        assertThat(say(seen(1, DBUS))).isEqualTo(Found.LATE);
        assertThat(settle()).isEmpty();
    }

    @Test
    void theFileHasLongerWhereItMustShowTheLease() {
        gathering.open(seen(1, LOG), new Awaited(Set.of(FILE, LOG, DBUS), true, true), nanos);
        nanos += 900 * MS;
        assertThat(settle()).isEmpty();
        say(seen(1, FILE));
        assertThat(settle()).containsExactly("+1 [FILE, LOG]");
    }

    @Test
    void eachWitnessTellsItsOwnStoryInOrder() {
        say(seen(1, LOG));
        say(gone(1, LOG));
        say(seen(1, LOG));
        assertThat(say(seen(1, DBUS))).isEqualTo(Found.JOINED);
        assertThat(say(gone(1, DBUS))).isEqualTo(Found.JOINED);
        nanos += 250 * MS;
        assertThat(settle()).containsExactly("+1 [LOG, DBUS]", "-1 [LOG, DBUS]", "+1 [LOG]");
        assertThat(say(seen(1, DBUS))).isEqualTo(Found.LATE);
        assertThat(say(gone(1, FILE))).isEqualTo(Found.OUTDATED);
    }

    @Test
    void anotherHolderIsAnotherFact() {
        say(seen(1, LOG));
        Statement other = new Statement(IpAddress.v4(1), false, "somebody else", DBUS, null, null);
        assertThat(say(other)).isEqualTo(Found.NONE);
        nanos += 250 * MS;
        assertThat(settle()).containsExactly("+1 [LOG]", "+1 [DBUS]");
    }

    @Test
    void aPieceOfALogGoesOutWithItsPlaceAndNotBefore() {
        gathering.begin();
        say(seen(1, LOG));
        say(seen(2, LOG));
        gathering.mark(place("a"));
        say(seen(1, DBUS));
        say(seen(1, FILE));
        say(seen(3, DBUS));
        say(seen(3, FILE));
        say(seen(3, LOG));
        assertThat(settle()).as("2 is still waited for").isEmpty();
        say(seen(2, FILE));
        say(seen(2, DBUS));
        assertThat(settle())
                .containsExactly("+1 [FILE, LOG, DBUS]", "+2 [FILE, LOG, DBUS]", "place a", "+3 [FILE, LOG, DBUS]");
    }

    @Test
    void aPieceThatSaysNothingNewGoesOutAtOnce() {
        say(seen(1, FILE));
        say(seen(1, DBUS));
        gathering.begin();
        say(seen(1, LOG));
        gathering.mark(place("a"));
        assertThat(settle()).containsExactly("+1 [FILE, LOG, DBUS]", "place a");
    }

    @Test
    void whoIsSilentTooOftenIsNotWaitedForUntilHeSpeaks() {
        for (int host = 1; host <= Gathering.FORGIVEN; host++) {
            say(seen(host, LOG));
            say(seen(host, FILE));
            nanos += 250 * MS;
            assertThat(settle()).hasSize(1);
        }
        assertThat(gathering.silent()).containsExactly(DBUS);
        say(seen(9, LOG));
        say(seen(9, FILE));
        assertThat(settle()).containsExactly("+9 [FILE, LOG]");
        assertThat(say(seen(9, DBUS))).isEqualTo(Found.LATE);
        assertThat(gathering.silent()).isEmpty();
        say(seen(10, LOG));
        say(seen(10, FILE));
        assertThat(settle()).isEmpty();
    }

    @Test
    void whatWasLongAgoIsForgotten() {
        say(seen(1, LOG));
        nanos += 250 * MS;
        settle();
        nanos += Gathering.LATE.toNanos() + MS;
        settle();
        assertThat(say(seen(1, DBUS))).isEqualTo(Found.NONE);
    }

    @Test
    void nothingWaitsWhereTooMuchDoes() {
        for (int host = 0; host <= Gathering.MAX_WAITING; host++) {
            say(seen(host, LOG));
        }
        assertThat(settle()).hasSize(Gathering.MAX_WAITING + 1);
    }
}
