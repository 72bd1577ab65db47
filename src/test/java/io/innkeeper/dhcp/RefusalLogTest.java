package io.innkeeper.dhcp;

import static io.innkeeper.dhcp.ModesKit.BROADCAST;
import static io.innkeeper.dhcp.ModesKit.MAC;
import static io.innkeeper.dhcp.ModesKit.T0;
import static io.innkeeper.dhcp.ModesKit.mac;
import static io.innkeeper.dhcp.ModesKit.request;
import static io.innkeeper.wire.dhcp4.MessageType.DISCOVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.lease.BindingBook;
import io.innkeeper.property.Property;
import io.innkeeper.scenario.PlanText;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.OptionCode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalLogTest {
    private static final String RULE = "innkeeper.yaml:12 (dhcp4.access.deny)";

    private final RefusalLog log = new RefusalLog();

    private @Nullable Refusal refuse(int client, Outcome.Verdict verdict, String rule, long nowMs) {
        return log.look(
                request(DISCOVER, d -> d.chaddr = mac(client)), BROADCAST, Outcome.without(verdict, rule), nowMs);
    }

    private @Nullable Refusal deny(int client, long nowMs) {
        return refuse(client, Outcome.Verdict.DENIED, RULE, nowMs);
    }

    @Test
    void aRefusalIsToldWithItsRule() {
        Refusal refusal = Objects.requireNonNull(log.look(
                request(DISCOVER, d -> d.options.putText(OptionCode.HOST_NAME, "phone")),
                BROADCAST,
                Outcome.without(Outcome.Verdict.DENIED, RULE),
                T0));
        assertThat(refusal.client()).isEqualTo(MAC);
        assertThat(refusal.hostname()).isEqualTo("phone");
        assertThat(refusal.rule()).isEqualTo(RULE);
        assertThat(refusal.verdict()).isEqualTo(Outcome.Verdict.DENIED);
        assertThat(refusal.interfaceName()).isEqualTo("eth0");
        assertThat(log.counts()).containsExactly(java.util.Map.entry("denied: " + RULE, 1L));
    }

    @ParameterizedTest
    @EnumSource(Outcome.Verdict.class)
    void onlyRefusalsAreTold(Outcome.Verdict verdict) {
        boolean refusal = switch (verdict) {
            case DENIED, OVER_LIMIT, NO_ADDRESS, NO_SUBNET -> true;
            default -> false;
        };
        assertThat(refuse(1, verdict, "", T0) != null).isEqualTo(refusal);
    }

    @Test
    void aClientAndARuleAreToldOnceInTenMinutes() {
        assertThat(deny(1, T0)).isNotNull();
        assertThat(deny(1, T0 + 1)).isNull();
        assertThat(refuse(1, Outcome.Verdict.DENIED, "another rule", T0 + 1)).isNotNull();
        assertThat(refuse(1, Outcome.Verdict.NO_ADDRESS, RULE, T0 + 1)).isNotNull();
        Refusal other = Objects.requireNonNull(deny(2, T0 + 1));
        assertThat(other.before()).as("counted by rule").isEqualTo(1);
        assertThat(deny(1, T0 + RefusalLog.QUIET_MS - 1)).isNull();
        Refusal again = Objects.requireNonNull(deny(1, T0 + RefusalLog.QUIET_MS));
        assertThat(again.before()).isEqualTo(1);
        assertThat(log.folded()).isEqualTo(2);
        assertThat(log.counts()).containsEntry("denied: " + RULE, 5L);
    }

    @Test
    void aFloodOfClientsBecomesAFewEventsAMinute() {
        int told = 0;
        for (int i = 0; i < 100_000; i++) {
            told += deny(i, T0 + i / 2_000) == null ? 0 : 1;
        }
        assertThat(told).isEqualTo(RefusalLog.MAX_OF_RULE);
        assertThat(log.counts()).containsEntry("denied: " + RULE, 100_000L);
        Refusal later = Objects.requireNonNull(deny(200_000, T0 + RefusalLog.BURST_MS));
        assertThat(later.before()).isEqualTo(100_000 - RefusalLog.MAX_OF_RULE);
    }

    @Test
    void aFloodOfRulesIsCountedTogether() {
        for (int i = 0; i < RefusalLog.MAX_RULES + 50; i++) {
            refuse(1, Outcome.Verdict.NO_SUBNET, "relay " + i, T0);
        }
        assertThat(log.counts()).hasSize(RefusalLog.MAX_RULES + 1).containsEntry(RefusalLog.OTHERS, 50L);
    }

    @Test
    void arbitraryMessagesNeverThrow() {
        Property.check(200, s -> {
            RefusalLog log = new RefusalLog();
            for (int i = 0; i < 50; i++) {
                Outcome outcome = Outcome.without(s.pick(Outcome.Verdict.values()), s.text(5));
                log.look(ModesKit.any(s), ModesKit.arrival(s), outcome, T0 + s.pick(0, i, -i, 1_000_000));
            }
            assertThat(log.counts().values()).allMatch(n -> n > 0);
        });
    }

    @Test
    void madeUpRelaysAreNoRulesOfTheirOwn() {
        DhcpEngine engine = new DhcpEngine(
                new BindingBook(1_000, 7), PlanText.of("subnet 192.168.1.0/24\npool 192.168.1.100-192.168.1.109"));
        for (int i = 0; i < 2 * RefusalLog.MAX_RULES; i++) {
            int relay = ModesKit.ip("172.16.0.0") + i;
            DhcpMessage spoofed = request(DISCOVER, d -> d.giaddr = relay);
            log.look(spoofed, BROADCAST, engine.handle(spoofed, BROADCAST, T0 + i), T0 + i);
        }
        assertThat(log.counts())
                .containsExactly(
                        java.util.Map.entry("no-subnet: a relay outside of every subnet", 2L * RefusalLog.MAX_RULES));
        assertThat(log.folded()).isEqualTo(2L * RefusalLog.MAX_RULES - 1);
    }
}
