package io.innkeeper.feed.dnsmasq;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.dnsmasq.LeaseFile;
import io.innkeeper.wire.dnsmasq.LeaseLine;
import io.innkeeper.wire.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of one-letter leases, {@code a} being 10.0.0.10; capital letters are IPv6 leases. Time is virtual, in milliseconds. */
class CutGuardTest {
    private static final long START_SECOND = 1_700_000_000L;
    private static final String DUID = "duid 00:01:02\n";

    private CutGuard guard = new CutGuard(List.of());
    private long nowMs;
    private long modifiedNanos = 1;
    private boolean diskFull;
    private @Nullable Duration again;

    private static IpAddress address(char letter) {
        return Character.isUpperCase(letter)
                ? new IpAddress(true, 0xfd00L << 48, 0x10 + letter - 'A')
                : IpAddress.v4(0x0a00000a + letter - 'a');
    }

    /** A line; letters after {@code s} have leases of seconds, the others of an hour. */
    private static String line(char letter, String name) {
        long expires = START_SECOND + (Character.toLowerCase(letter) > 's' ? 10 : 3_600);
        String client = Character.isUpperCase(letter) ? "7" : "02:00:00:00:00:%02x".formatted((int) letter);
        return expires + " " + client + " " + address(letter) + " " + name + " *\n";
    }

    private static String file(String letters) {
        StringBuilder text = new StringBuilder();
        letters.chars().forEach(letter -> text.append(letter == '|' ? DUID : line((char) letter, "n")));
        return text.toString();
    }

    /** Looks at a file of these leases that was just written; returns the letters of those gone. */
    private String written(String letters) {
        modifiedNanos += 1_000_000;
        return look(file(letters), false);
    }

    /** Looks again, after a while in which nothing changed. */
    private String still(String letters, long afterMs) {
        nowMs += afterMs;
        return look(file(letters), false);
    }

    private String look(String text, boolean torn) {
        return lookWith(text, torn, Set.of());
    }

    private String lookWith(String text, boolean torn, Set<IpAddress> told) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Look.FileStamp stamp = new Look.FileStamp("inode", bytes.length, modifiedNanos, text.hashCode());
        CutGuard.Verdict verdict = guard.look(
                new Look(stamp, torn, diskFull, LeaseFile.parse(bytes)),
                told,
                Instant.ofEpochSecond(START_SECOND).plusMillis(nowMs),
                nowMs * 1_000_000);
        again = verdict.lookAgainIn();
        return letters(verdict.gone());
    }

    private static String letters(Set<IpAddress> addresses) {
        StringBuilder letters = new StringBuilder();
        "ABCDEabcdefghtuvwxyz"
                .chars()
                .filter(letter -> addresses.contains(address((char) letter)))
                .forEach(letter -> letters.append((char) letter));
        return letters.toString();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // before, then, gone, after how many milliseconds
                "abcde, acde, b, 300",
                "abcde, de, abc, 300",
                "abcde, ade, bc, 300",
                "abc, bc, a, 300",
                "abc, ac, b, 700",
                "abc, ab, c, 700",
                "abc, c, ab, 5000",
                "abc, a, bc, 5000",
                "a, -, a, 700",
                "ab, -, ab, 5000",
                "abcde, -, abcde, 5000",
                // several whose time is up
                "abxyz, ab, xyz, 700",
                "xyz, -, xyz, 700",
                "axyz, -, axyz, 700",
                "abxyz, -, abxyz, 5000",
                // where the IPv6 part shows, the IPv4 part is whole
                "abc|A, |A, abc, 300",
                "abc|A, a|A, bc, 300",
                "abc|AB, abc|B, A, 700",
                "abc|ABC, abc|BC, A, 300",
                "abc|AB, abc|, AB, 5000",
                "abc|A, abc|, A, 700",
                // a restarted dnsmasq writes in reverse: the order proves nothing
                "abcde, edca, b, 700",
                "abcde, eca, bd, 5000",
            })
    void whatIsMissingNeedsSomeStillness(String before, @Nullable String then, String gone, long afterMs) {
        String now = then == null ? "" : then;
        nowMs = before.contains("x") ? 9_000 : 0;
        written(before);
        assertThat(written(now)).isEmpty();
        assertThat(again).isEqualTo(Duration.ofMillis(afterMs));
        assertThat(still(now, afterMs - 1)).isEmpty();
        assertThat(again).isEqualTo(Duration.ofMillis(1));
        assertThat(still(now, 1)).isEqualTo(gone);
        assertThat(again).isNull();
        assertThat(guard.waits()).isFalse();
        assertThat(still(now, 10_000)).isEmpty();
    }

    @Test
    void aLeaseInALineThatCannotBeReadStands() {
        written("abcde");
        String damaged = file("abcde").replace(line('b', "n"), "?? " + address('b') + " n\n");
        modifiedNanos++;
        assertThat(look(damaged, false)).isEmpty();
        nowMs += 60_000;
        assertThat(look(damaged, false)).isEmpty();
        assertThat(written("acde")).isEmpty();
        assertThat(still("acde", 300)).isEqualTo("b");
    }

    @Test
    void aFileOfNothingButUnreadableLinesSaysNothing() {
        written("abc");
        assertThat(look("\u0000\u0001\n?\n", false)).isEmpty();
        nowMs += 3_600_000;
        assertThat(look("\u0000\u0001\n?\n", false)).isEmpty();
        assertThat(written("ac")).isEmpty();
        assertThat(still("ac", 700)).isEqualTo("b");
    }

    @Test
    void anUnreadableLineThatWasAlwaysThereHidesNoEnd() {
        look(file("a") + "?\n", false);
        modifiedNanos++;
        assertThat(look("?\n", false)).isEmpty();
        nowMs += 700;
        assertThat(look("?\n", false)).isEqualTo("a");
    }

    @Test
    void whatIsMissingInTheMidstIsToldBeforeWhatIsMissingAtTheEnd() {
        written("abcdef");
        written("acd");
        assertThat(still("acd", 300)).isEqualTo("b");
        assertThat(still("acd", 4_699)).isEmpty();
        assertThat(still("acd", 1)).isEqualTo("ef");
    }

    @Test
    void whatIsShownIsSeenAtOnce() {
        written("ab");
        modifiedNanos++;
        guard.look(
                new Look(
                        new Look.FileStamp("i", 1, 2, 3),
                        false,
                        false,
                        LeaseFile.parse((line('b', "new") + line('c', "n") + "17").getBytes(StandardCharsets.UTF_8))),
                Set.of(),
                Instant.EPOCH,
                0);
        assertThat(guard.accepted()).extracting(LeaseLine::name).containsExactlyInAnyOrder("n", "new", "n");
    }

    @Test
    void everyChangeBeginsTheStillnessAnew() {
        written("abc");
        for (int i = 0; i < 100; i++) {
            written("ab");
            assertThat(still("ab", 699)).isEmpty();
        }
        assertThat(still("ab", 1)).isEqualTo("c");
    }

    @Test
    void aFileThatWasAwayProvesNothingByItsAge() {
        written("abc");
        written("ab");
        nowMs += 699;
        guard.lookFailed();
        assertThat(still("ab", 60_000)).isEmpty();
        assertThat(still("ab", 700)).isEqualTo("c");
    }

    @Test
    void aFileThatEndsWithinALineIsNeverWhole() {
        written("abc");
        modifiedNanos++;
        String cut = file("a") + "1700003600 02:00";
        for (int i = 0; i < 10; i++) {
            assertThat(look(cut, false)).isEmpty();
            assertThat(again).isNull();
            assertThat(guard.waits()).isTrue();
            nowMs += 60_000;
        }
    }

    @Test
    void onAFullDiskDnsmasqTriesAgainAfterAMinute() {
        written("abcde");
        diskFull = true;
        written("");
        assertThat(still("", 60_500)).isEmpty();
        assertThat(written("")).isEmpty();
        assertThat(still("", 60_500)).isEmpty();
        assertThat(written("abcde")).isEmpty();
        written("abcd");
        assertThat(still("abcd", 74_999)).isEmpty();
        assertThat(still("abcd", 1)).isEqualTo("e");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_700_000_001_000_000_000L})
    void whereTimesAreWholeSecondsAChangeMayNotShow(long wholeSecond) {
        written("abc");
        modifiedNanos = wholeSecond;
        assertThat(look(file("ab"), false)).isEmpty();
        assertThat(still("ab", 2_699)).isEmpty();
        assertThat(still("ab", 1)).isEqualTo("c");
    }

    @Test
    void aClockThatJumpsDoesNotMakeStillness() {
        written("ab");
        modifiedNanos++;
        Look cut = new Look(new Look.FileStamp("i", 0, modifiedNanos, 0), false, false, LeaseFile.parse(new byte[0]));
        guard.look(cut, Set.of(), Instant.EPOCH, 0);
        CutGuard.Verdict later = guard.look(cut, Set.of(), Instant.EPOCH.plusSeconds(1_000_000), 1_000_000);
        assertThat(later.gone()).isEmpty();
        assertThat(later.lookAgainIn()).isEqualTo(Duration.ofMillis(4_999));
    }

    @Test
    void whatTheScriptToldNeedsNoStillness() {
        written("abc");
        modifiedNanos++;
        assertThat(lookWith(file("a"), false, Set.of(address('b')))).isEqualTo("b");
        assertThat(still("a", 700)).isEqualTo("c");
        modifiedNanos++;
        assertThat(lookWith(file("a"), false, Set.of(address('a')))).isEmpty();
    }

    @Test
    void aTornLookSaysNothingAndEndsTheStillness() {
        written("abc");
        written("ab");
        nowMs += 600;
        assertThat(look(line('a', "mixed") + line('d', "new"), true)).isEmpty();
        assertThat(guard.line(address('d'))).isNull();
        assertThat(guard.line(address('a'))).extracting(LeaseLine::name).isEqualTo("n");
        assertThat(still("ab", 600)).isEmpty();
        assertThat(still("ab", 700)).isEqualTo("c");
    }

    @Test
    void aFileThatNeverKeepsStillProvesByItsOrder() {
        written("abcdefgh");
        String gone = "";
        for (int i = 0; i < 40 && gone.isEmpty(); i++) {
            nowMs += 100;
            gone = written(List.of("", "a", "acd", "acdefg", "acdefgh").get(i % 5));
        }
        assertThat(gone).isEqualTo("b");
        assertThat(nowMs).isBetween(2_000L, 3_000L);
    }

    @Test
    void aFileThatNeverKeepsStillProvesNothingAboutItsEndNorByFewLooks() {
        written("abcdefgh");
        List<String> gone = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            nowMs += 100;
            gone.add(written(List.of("", "a", "abc", "abcdef", "abcdefg").get(i % 5)));
        }
        for (int i = 0; i < CutGuard.BUSY_LOOKS - 1; i++) {
            nowMs += 250;
            gone.add(written("acd" + "ef".repeat(i % 2)));
        }
        assertThat(gone).containsOnly("");
        assertThat(written("abcdefgh")).isEmpty();
        nowMs += 100;
        assertThat(written("acdefgh")).isEmpty();
    }

    @Test
    void newLeasesAndRenewalsDoNotDisturbTheOrder() {
        written("bcdef");
        String gone = "";
        String fresh = "";
        for (int i = 0; i < 30 && gone.isEmpty(); i++) {
            nowMs += 100;
            fresh = i % 8 == 7 ? fresh : "ghtuvwxyz".substring(0, Math.min(9, i / 4));
            gone = written(fresh + (i % 2 == 0 ? "bdef" : "bde"));
        }
        assertThat(gone).isEqualTo("c");
    }

    @Test
    void whatTheStoreKnewIsKeptUntilTheFileHasBeenStill() {
        written("abc");
        guard = new CutGuard(guard.accepted());
        assertThat(written("a")).isEmpty();
        assertThat(guard.accepted()).hasSize(3);
        assertThat(guard.confirmed()).extracting(LeaseLine::address).containsExactly(address('a'));
        assertThat(still("a", 4_999)).isEmpty();
        assertThat(still("a", 1)).isEqualTo("bc");
    }

    @Test
    void aForgottenLeaseIsNoLoss() {
        written("ab");
        guard.forget(address('b'));
        assertThat(still("a", 60_000)).isEmpty();
        assertThat(guard.waits()).isFalse();
    }
}
