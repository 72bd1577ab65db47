package io.innkeeper.device.naming;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.net.HostNamePattern;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NameBookTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final MacAddress A = mac("02:00:00:00:00:0a");
    private static final MacAddress B = mac("02:00:00:00:00:0b");
    private static final MacAddress C = mac("02:00:00:00:00:0c");

    private TestingRegister node = node(ConflictPolicy.FIRST_WINS, "{prefix}-{mac}");

    private static MacAddress mac(String text) {
        return MacAddress.parse(text).orElseThrow();
    }

    private static TestingRegister node(ConflictPolicy policy, String pattern) {
        return new TestingRegister(new NamingSettings(policy, HostNamePattern.of(pattern, "host")));
    }

    private NameBook.Settlement says(MacAddress mac, @Nullable String name) {
        return says(mac, name, name == null ? Claim.NONE : Claim.CLIENT);
    }

    private NameBook.Settlement says(MacAddress mac, @Nullable String name, Claim claim) {
        return node.hear(new NameBook.Wish(mac, name, claim), NOW);
    }

    private String called(MacAddress mac) {
        return Objects.requireNonNull(node.of(mac), "it has a name").name();
    }

    private SystemName name(MacAddress mac) {
        return Objects.requireNonNull(node.of(mac), "it has a name");
    }

    private static NameConflict conflict(NameBook.Settlement settlement) {
        return Objects.requireNonNull(settlement.conflict(), "there was a conflict");
    }

    @Test
    void whoGivesAName_HasIt_whoDoesNot_IsGivenOne() {
        says(A, "nas");
        says(B, null);
        assertThat(name(A))
                .isEqualTo(new SystemName(
                        A, "nas", NameOrigin.GIVEN, "nas", Claim.CLIENT, null, "it calls itself so", NOW));
        assertThat(called(B)).isEqualTo("host-02000000000b");
        assertThat(name(B).reason()).isEqualTo("made by the pattern {prefix}-{mac}");
        assertThat(says(B, null).names()).as("nothing is new").isEmpty();
        assertThat(says(A, null).names()).as("it does not say it each time").isEmpty();
    }

    @Test
    void aMadeNameIsKeptWhileItHasAnother() {
        says(A, null);
        says(A, "nas");
        assertThat(name(A).made()).isEqualTo("host-02000000000a");
        NameBook.Settlement squatter = says(B, "host-02000000000a");
        assertThat(conflict(squatter).rule()).isEqualTo("made");
        assertThat(called(B)).isEqualTo("host-02000000000b");
        says(C, "nas");
        says(A, "nas2");
        assertThat(name(A).made()).isEqualTo("host-02000000000a");
    }

    @Test
    void theFirstWins_andItIsToldOnce() {
        says(A, "printer");
        NameBook.Settlement settled = says(B, "printer");
        NameConflict conflict = conflict(settled);
        assertThat(conflict.rule()).isEqualTo("first-wins");
        assertThat(conflict.winner().mac()).isEqualTo(A);
        assertThat(conflict.loser().name()).isEqualTo("host-02000000000b");
        assertThat(name(B).reason())
                .isEqualTo("made by the pattern {prefix}-{mac}; printer is what " + A + " is called (first-wins)");
        for (int i = 0; i < 5; i++) {
            assertThat(says(B, "printer")).isEqualTo(NameBook.Settlement.NOTHING);
            assertThat(says(A, "printer")).isEqualTo(NameBook.Settlement.NOTHING);
        }
    }

    @Test
    void aNameThatIsFreeAgainGoesToWhoWantsIt() {
        says(A, "printer");
        says(B, "printer");
        says(A, "scanner");
        NameBook.Settlement settled = says(B, "printer");
        assertThat(settled.conflict()).isNull();
        assertThat(called(B)).isEqualTo("printer");
        assertThat(name(B).made()).isEqualTo("host-02000000000b");
    }

    @Test
    void theLatestWins_andTheFirstDoesNotTakeItBackBySayingItAgain() {
        node = node(ConflictPolicy.LATEST_WINS, "{prefix}-{mac}");
        says(A, "printer");
        NameBook.Settlement settled = says(B, "printer");
        assertThat(conflict(settled).winner().mac()).isEqualTo(B);
        assertThat(conflict(settled).loser()).isEqualTo(name(A));
        assertThat(called(B)).isEqualTo("printer");
        assertThat(called(A)).isEqualTo("host-02000000000a");
        assertThat(says(A, "printer")).isEqualTo(NameBook.Settlement.NOTHING);
        says(A, "old");
        assertThat(says(A, "printer").conflict())
                .as("it said something new in between")
                .isNotNull();
        assertThat(called(A)).isEqualTo("printer");
    }

    @Test
    void aMadeNameIsNotTakenByTheLatestEither() {
        node = node(ConflictPolicy.LATEST_WINS, "{prefix}-{mac}");
        says(A, null);
        assertThat(conflict(says(B, "host-02000000000a")).winner().mac()).isEqualTo(A);
    }

    @Test
    void aStaticLeaseWins_alsoLaterAndOnlyOnce() {
        node = node(ConflictPolicy.STATIC_WINS, "{prefix}-{mac}");
        says(A, "printer");
        assertThat(conflict(says(B, "printer")).winner().mac())
                .as("none is static")
                .isEqualTo(A);
        NameBook.Settlement settled = says(B, "printer", Claim.STATIC);
        assertThat(conflict(settled).winner().mac()).isEqualTo(B);
        assertThat(conflict(settled).rule()).isEqualTo("static-wins");
        assertThat(says(A, "printer")).isEqualTo(NameBook.Settlement.NOTHING);
        says(A, "printer", Claim.STATIC);
        assertThat(called(B)).as("two are static: the first has it").isEqualTo("printer");
        assertThat(says(B, "printer", Claim.CLIENT)).as("once static").isEqualTo(NameBook.Settlement.NOTHING);
    }

    @Test
    void withNumbersBehindNobodyHasToTakeAMadeName() {
        node = node(ConflictPolicy.SUFFIX, "{prefix}-{mac}");
        says(A, "printer");
        assertThat(conflict(says(B, "printer")).rule()).isEqualTo("suffix");
        says(C, "printer");
        assertThat(called(B)).isEqualTo("printer-2");
        assertThat(called(C)).isEqualTo("printer-3");
        assertThat(name(C).origin()).isEqualTo(NameOrigin.GIVEN);
        assertThat(says(C, "printer")).isEqualTo(NameBook.Settlement.NOTHING);
        says(A, "scanner");
        says(B, "printer");
        assertThat(called(B)).isEqualTo("printer");
        assertThat(called(C)).as("a number is kept").isEqualTo("printer-3");
    }

    @Test
    void manyOfOneNameAreCountedQuickly() {
        node = node(ConflictPolicy.SUFFIX, "{prefix}-{mac}");
        for (int i = 0; i < 300; i++) {
            says(mac("02:00:00:00:%02x:%02x".formatted(i / 256, i % 256)), "iphone");
        }
        assertThat(node.names().values()).extracting(SystemName::name).doesNotHaveDuplicates();
    }

    @Test
    void anOwnersNameIsStrongerThanWhatClientsSay() {
        says(A, "web01");
        NameBook.Settlement settled = says(B, "web01", Claim.OWNER);
        assertThat(conflict(settled).rule()).isEqualTo("owner");
        assertThat(called(B)).isEqualTo("web01");
        assertThat(name(B).origin()).isEqualTo(NameOrigin.OWNER);
        assertThat(says(B, "debian-installer"))
                .as("what it calls itself does not count")
                .isEqualTo(NameBook.Settlement.NOTHING);
        assertThat(says(A, "web01")).isEqualTo(NameBook.Settlement.NOTHING);
        assertThat(conflict(says(C, "web01", Claim.OWNER)).rule())
                .as("of two the first")
                .isEqualTo("first-wins");
        assertThat(called(B)).isEqualTo("web01");
    }

    @Test
    void whatTheOwnerTakesBackItsOwnNameFollows() {
        says(A, "debian");
        says(A, "web01", Claim.OWNER);
        node.free(new NameBook.Wish(A, "debian", Claim.CLIENT), LATER);
        assertThat(called(A)).isEqualTo("debian");
        says(B, "web02", Claim.OWNER);
        node.free(new NameBook.Wish(B, null, Claim.NONE), LATER);
        assertThat(called(B)).isEqualTo("host-02000000000b");
        assertThat(node.free(new NameBook.Wish(B, null, Claim.NONE), LATER)).isEqualTo(NameBook.Settlement.NOTHING);
    }

    @Test
    void aDeviceUnderANewHardwareAddressKeepsItsName() {
        says(A, "phone", Claim.STATIC);
        NameBook.Settlement settled = node.hear(new NameBook.Wish(B, "phone", Claim.CLIENT, A), LATER);
        assertThat(settled.conflict()).isNull();
        assertThat(called(B)).isEqualTo("phone");
        assertThat(called(A)).isEqualTo("host-02000000000a");
        assertThat(says(A, "phone", Claim.STATIC))
                .as("it does not come back and forth")
                .isEqualTo(NameBook.Settlement.NOTHING);
        assertThat(node.hear(new NameBook.Wish(B, "phone", Claim.CLIENT, A), LATER))
                .isEqualTo(NameBook.Settlement.NOTHING);
    }

    @Test
    void collidingMadeNamesGrowByTheHardwareAddress() {
        node = node(ConflictPolicy.FIRST_WINS, "{prefix}-{mac:last1}");
        MacAddress twin = mac("02:00:00:00:77:0a");
        says(A, null);
        says(twin, null);
        assertThat(called(A)).isEqualTo("host-0a");
        assertThat(called(twin)).isEqualTo("host-770a");
        assertThat(name(twin).reason())
                .isEqualTo("made by the pattern {prefix}-{mac:last1}, and longer: another system has host-0a");
    }

    @Test
    void aNameThatNeedsAnAddressWaitsForOne() {
        node = node(ConflictPolicy.FIRST_WINS, "{subnet}-{ip:last}");
        assertThat(says(A, null)).isEqualTo(NameBook.Settlement.NOTHING);
        node.know(new HostNamePattern.Traits(
                A, null, null, IpAddress.parse("10.1.2.3").orElseThrow(), null));
        says(A, null);
        assertThat(called(A)).isEqualTo("10-1-2-3");
        node.know(new HostNamePattern.Traits(
                A, null, null, IpAddress.parse("10.1.2.4").orElseThrow(), null));
        assertThat(says(A, null)).as("kept for ever").isEqualTo(NameBook.Settlement.NOTHING);
    }

    @Test
    void aClientThatTakesOverItsMadeNameChangesNothing() {
        says(A, null);
        says(A, "host-02000000000a");
        assertThat(name(A).origin()).isEqualTo(NameOrigin.GENERATED);
        assertThat(name(A).since()).isEqualTo(NOW);
        says(A, "nas");
        says(A, "host-02000000000a");
        assertThat(name(A).origin()).isEqualTo(NameOrigin.GENERATED);
        assertThat(name(A).made()).isNull();
    }
}
