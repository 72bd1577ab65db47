package io.innkeeper.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.device.Presence.State;
import io.innkeeper.device.PresenceBook.Look;
import io.innkeeper.device.PresenceBook.Question;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Presence with a clock of its own. */
class PresenceBookTest {
    private static final Instant START = Instant.parse("2026-11-21T07:00:00Z");
    private static final MacAddress PHONE = mac(1);
    private static final IpAddress ADDRESS = IpAddress.parse("192.168.1.7").orElseThrow();

    private PresenceBook book = new PresenceBook(PresenceSettings.USUAL);
    private Instant now = START;
    private final List<String> told = new ArrayList<>();
    private final List<Question> asked = new ArrayList<>();
    private boolean askable = true;
    private Answers answers = Answers.SILENT;

    /** What a question leads to. */
    private enum Answers {
        ANSWER,
        SILENT,
        /** Neither: the one who was to ask is broken. */
        NOTHING
    }

    private static MacAddress mac(int number) {
        return MacAddress.parse("02:00:00:00:%02x:%02x".formatted(number >> 8, number & 0xff))
                .orElseThrow();
    }

    private void seen(Evidence kind) {
        book.seen(PHONE, ADDRESS, kind, now, now).ifPresent(this::tell);
    }

    private void tell(PresenceChange change) {
        if (change.came() || change.went()) {
            told.add(change.presence().state().text() + " at "
                    + Duration.between(START, now).toSeconds() + " since "
                    + Duration.between(START, change.presence().since()).toSeconds());
        }
    }

    private void pass(Duration time) {
        Instant end = now.plus(time);
        while (now.isBefore(end)) {
            now = now.plusSeconds(1);
            look();
        }
    }

    private void look() {
        Look look = book.look(now, address -> askable);
        look.changes().forEach(this::tell);
        for (Question question : look.questions()) {
            asked.add(question);
            switch (answers) {
                case ANSWER -> seen(Evidence.ARP);
                case SILENT -> book.silent(question.mac(), now);
                case NOTHING -> {}
            }
        }
    }

    private Presence presence() {
        return Objects.requireNonNull(book.get(PHONE));
    }

    private State state() {
        return presence().state();
    }

    @Test
    void whoeverSpeaksIsOnlineThenIdleThenAskedThenOffline() {
        seen(Evidence.DHCP);
        assertThat(state()).isEqualTo(State.ONLINE);
        pass(Duration.ofMinutes(5).minusSeconds(1));
        assertThat(state()).isEqualTo(State.ONLINE);
        pass(Duration.ofSeconds(1));
        assertThat(state()).isEqualTo(State.IDLE);
        pass(Duration.ofMinutes(10).minusSeconds(81));
        assertThat(asked).isEmpty();
        pass(Duration.ofSeconds(80));
        assertThat(state()).isEqualTo(State.IDLE);
        assertThat(asked).hasSize(8).containsOnly(new Question(PHONE, ADDRESS));
        pass(Duration.ofSeconds(1));
        assertThat(state()).isEqualTo(State.OFFLINE);
        assertThat(told).as("silent since the beginning").containsExactly("offline at 900 since 0");
        pass(Duration.ofHours(5));
        assertThat(told).hasSize(1);
        assertThat(asked).hasSize(8);
        seen(Evidence.DNS);
        assertThat(told).hasSize(2).last().isEqualTo("online at 18900 since 18900");
    }

    @Test
    void aPhoneThatSleepsAndAnswersIsNeverTold() {
        answers = Answers.ANSWER;
        seen(Evidence.DHCP);
        pass(Duration.ofHours(24));
        assertThat(told).isEmpty();
        assertThat(state()).as("it is there, but does nothing").isEqualTo(State.IDLE);
        assertThat(asked).hasSizeBetween(90, 110);
        seen(Evidence.DNS);
        assertThat(state()).isEqualTo(State.ONLINE);
    }

    @Test
    void oneAnswerAmongLostOnesIsEnough() {
        seen(Evidence.DHCP);
        pass(Duration.ofMinutes(15).minusSeconds(5));
        assertThat(asked).hasSize(8);
        seen(Evidence.ARP);
        pass(Duration.ofMinutes(13));
        assertThat(told).isEmpty();
        pass(Duration.ofMinutes(3));
        assertThat(told).containsExactly("offline at 1795 since 895");
    }

    @Test
    void whereNobodyAsksTheLeaseSpeaks() {
        askable = false;
        seen(Evidence.DHCP);
        book.held(PHONE, ADDRESS, now.plus(Duration.ofHours(24)));
        for (int i = 0; i < 5; i++) {
            pass(Duration.ofHours(12));
            seen(Evidence.DHCP);
            book.held(PHONE, ADDRESS, now.plus(Duration.ofHours(24)));
        }
        assertThat(told).as("renewals hours apart").isEmpty();
        pass(Duration.ofHours(24).minusMinutes(2));
        assertThat(state()).isEqualTo(State.IDLE);
        pass(Duration.ofMinutes(4));
        assertThat(state()).as("the lease ended").isEqualTo(State.OFFLINE);
        assertThat(asked).isEmpty();
    }

    @Test
    void aLeaseThatIsGivenBackKeepsNobody() {
        askable = false;
        seen(Evidence.DHCP);
        book.held(PHONE, ADDRESS, now.plus(Duration.ofHours(24)));
        pass(Duration.ofHours(1));
        assertThat(state()).isEqualTo(State.IDLE);
        book.left(PHONE, ADDRESS);
        pass(Duration.ofSeconds(2));
        assertThat(told).containsExactly("offline at 3601 since 0");
    }

    @Test
    void aLeaseKeepsNobodyWhoWasAsked() {
        seen(Evidence.DHCP);
        book.held(PHONE, ADDRESS, now.plus(Duration.ofHours(24)));
        pass(Duration.ofMinutes(15));
        assertThat(told).containsExactly("offline at 900 since 0");
    }

    @Test
    void whoCannotAskDoesNotJudge() {
        answers = Answers.NOTHING;
        seen(Evidence.DHCP);
        book.held(PHONE, ADDRESS, now.plus(Duration.ofHours(2)));
        pass(Duration.ofHours(1));
        assertThat(told).isEmpty();
        assertThat(asked).isNotEmpty();
        pass(Duration.ofMinutes(75));
        assertThat(state()).isEqualTo(State.OFFLINE);
    }

    @Test
    void nobodyIsGoneBecauseWeWere() {
        seen(Evidence.DHCP);
        pass(Duration.ofMinutes(14));
        Presence stored = presence();
        assertThat(stored.state()).isEqualTo(State.IDLE);
        now = now.plus(Duration.ofDays(3));
        book = new PresenceBook(PresenceSettings.USUAL);
        asked.clear();
        book.load(stored);
        assertThat(book.get(PHONE)).isEqualTo(stored);
        pass(Duration.ofMinutes(14));
        assertThat(told).isEmpty();
        pass(Duration.ofMinutes(2));
        assertThat(told)
                .as("silent since it was last heard")
                .hasSize(1)
                .first()
                .asString()
                .endsWith("since 0");
    }

    @Test
    void oneThatWasGoneComesBackAfterAStart() {
        seen(Evidence.DHCP);
        pass(Duration.ofMinutes(16));
        Presence stored = presence();
        book = new PresenceBook(PresenceSettings.USUAL);
        book.load(stored);
        pass(Duration.ofHours(1));
        assertThat(told).hasSize(1);
        seen(Evidence.ARP);
        assertThat(told).hasSize(2).last().isEqualTo("online at 4560 since 4560");
    }

    @Test
    void clocksMayJump() {
        seen(Evidence.DHCP);
        pass(Duration.ofMinutes(2));
        now = now.plus(Duration.ofDays(400));
        look();
        assertThat(state()).isEqualTo(State.ONLINE);
        pass(Duration.ofMinutes(2));
        assertThat(state()).isEqualTo(State.ONLINE);
        now = now.minus(Duration.ofDays(800));
        look();
        pass(Duration.ofMinutes(2));
        assertThat(state()).isEqualTo(State.IDLE);
        seen(Evidence.DNS);
        assertThat(state()).isEqualTo(State.ONLINE);
        assertThat(presence().lastSeenAt())
                .as("no sign of life is in the future")
                .isEqualTo(now);
        pass(Duration.ofMinutes(16));
        assertThat(told).hasSize(1);
    }

    @Test
    void oldNewsMakesNobodyOnlineAndNobodyOffline() {
        book.seen(PHONE, ADDRESS, Evidence.DHCP, now.minus(Duration.ofHours(3)), now)
                .ifPresent(this::tell);
        assertThat(state()).isEqualTo(State.IDLE);
        pass(Duration.ofMinutes(9));
        assertThat(told).isEmpty();
        pass(Duration.ofMinutes(2));
        assertThat(told).hasSize(1);
        book.seen(PHONE, ADDRESS, Evidence.DHCP, now.minus(Duration.ofHours(1)), now)
                .ifPresent(this::tell);
        assertThat(state()).as("it may have gone since").isEqualTo(State.OFFLINE);
    }

    @Test
    void aSignOfLifeIsStoredOnceAMinute() {
        int stored = 0;
        for (int second = 0; second < 600; second++) {
            stored += book.seen(PHONE, ADDRESS, Evidence.ARP, now, now).isPresent() ? 1 : 0;
            now = now.plusSeconds(1);
        }
        assertThat(stored).isEqualTo(10);
        assertThat(presence().lastSeenAt()).isEqualTo(now.minusSeconds(1));
    }

    @Test
    void thereIsRoomForSoManyAndTheGoneGoFirst() {
        book = new PresenceBook(PresenceSettings.USUAL, 3);
        for (int i = 0; i < 5; i++) {
            book.seen(mac(i), null, Evidence.ARP, now, now);
        }
        assertThat(book.size()).isEqualTo(3);
        assertThat(book.get(mac(4))).isNull();
        pass(Duration.ofMinutes(16));
        assertThat(book.size()).isZero();
        book.seen(mac(4), null, Evidence.ARP, now, now);
        assertThat(book.get(mac(4))).isNotNull();
        assertThat(List.of(book.holds(mac(0)), book.holds(mac(1)), book.holds(mac(2))))
                .containsExactlyInAnyOrder(false, true, true);
    }

    @Test
    void otherTimesCountAtOnce() {
        seen(Evidence.DHCP);
        pass(Duration.ofMinutes(2));
        book.settings(new PresenceSettings(Duration.ofSeconds(30), Duration.ofSeconds(60), 1, Duration.ofSeconds(1)));
        pass(Duration.ofSeconds(5));
        assertThat(state()).isEqualTo(State.OFFLINE);
    }

    @Test
    void noMoreThanSoManyQuestionsAreOpen() {
        answers = Answers.NOTHING;
        for (int i = 0; i < 2_000; i++) {
            book.seen(mac(i), ADDRESS, Evidence.ARP, now, now);
        }
        pass(Duration.ofMinutes(14));
        assertThat(asked)
                .hasSizeLessThanOrEqualTo(2 * PresenceBook.OPEN_QUESTIONS)
                .isNotEmpty();
    }

    /** An hour of a house: 50 devices that come, sleep and go for good, and a network that loses a fifth of all answers. */
    @Test
    void anHourWithLossTellsNothingWrong() {
        for (int seed = 1; seed <= 20; seed++) {
            new House(seed).live();
        }
    }

    private static final class House {
        private static final int DEVICES = 50;
        private static final int HOUR = 3_600;

        private final Random random;
        private final PresenceBook book = new PresenceBook(PresenceSettings.USUAL);
        private final int[] leavesAt = new int[DEVICES];
        private final int[] speaksEvery = new int[DEVICES];
        private final Map<Integer, List<Runnable>> later = new TreeMap<>();
        private final Map<MacAddress, List<Integer>> offline = new HashMap<>();

        House(int seed) {
            random = new Random(seed);
            for (int i = 0; i < DEVICES; i++) {
                leavesAt[i] = i % 5 == 0 ? random.nextInt(HOUR / 2) : Integer.MAX_VALUE;
                speaksEvery[i] = i % 3 == 0 ? Integer.MAX_VALUE : 20 + random.nextInt(900);
            }
        }

        private static Instant at(int second) {
            return START.plusSeconds(second);
        }

        void live() {
            for (int i = 0; i < DEVICES; i++) {
                hear(i, 0, Evidence.DHCP);
            }
            for (int second = 1; second <= HOUR; second++) {
                for (int i = 0; i < DEVICES; i++) {
                    if (second < leavesAt[i] && second % speaksEvery[i] == 0) {
                        hear(i, second, Evidence.DNS);
                    }
                }
                List<Runnable> due = later.remove(second);
                if (due != null) {
                    due.forEach(Runnable::run);
                }
                Look look = book.look(at(second), address -> true);
                for (PresenceChange change : look.changes()) {
                    assertThat(change.came()).isFalse();
                    if (change.went()) {
                        offline.computeIfAbsent(change.presence().mac(), _ -> new ArrayList<>())
                                .add(second);
                    }
                }
                for (Question question : look.questions()) {
                    ask(question, second);
                }
            }
            for (int i = 0; i < DEVICES; i++) {
                List<Integer> told = offline.getOrDefault(mac(i), List.of());
                if (leavesAt[i] == Integer.MAX_VALUE) {
                    assertThat(told).as("device %d is there", i).isEmpty();
                } else {
                    assertThat(told).as("device %d left at %d", i, leavesAt[i]).hasSize(1);
                    assertThat(told.getFirst()).isLessThanOrEqualTo(leavesAt[i] + 15 * 60 + 2 * 80);
                }
            }
        }

        private void ask(Question question, int second) {
            int device = (int) (question.address().low() & 0xff);
            boolean answers = second + 1 < leavesAt[device] && random.nextInt(5) != 0;
            later.computeIfAbsent(second + 1, _ -> new ArrayList<>()).add(() -> {
                if (answers) {
                    hear(device, second + 1, Evidence.ARP);
                } else {
                    book.silent(question.mac(), at(second + 1));
                }
            });
        }

        private void hear(int device, int second, Evidence kind) {
            book.seen(mac(device), IpAddress.v4(0xc0a80100 | device), kind, at(second), at(second))
                    .ifPresent(change -> assertThat(change.came()).isFalse());
        }
    }
}
