package io.innkeeper.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.config.ConfigDocument;
import io.innkeeper.config.ConfigLoader;
import io.innkeeper.config.ConfigResult;
import io.innkeeper.config.Dhcp4Config;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlanBuilderTest {
    private static final String HOME = """
            dhcp4:
              interfaces: [eth0]
              options: {domain-name: a, routers: {value: 10.0.0.1, always: true}}
              max-lifetime: 2d
              boot: {next-server: 10.0.0.3, file: x}
              classes:
                - name: phones
                  match: {mac: "00:11:22:*", client-id: "0x0102", relay: 10.9.0.1, architecture: 7, random: false}
                  lifetime: 7d
              subnets:
                - name: lan
                  prefix: 10.0.0.0/24
                  lifetime: 1h
                  pools:
                    - {range: 10.0.0.0/25, exclude: [10.0.0.5, 9.0.0.0-10.0.0.2, 11.0.0.1], classes: phones, min-lifetime: 30m}
                  reservations:
                    - {mac: "00:00:00:00:00:01", address: 10.0.0.200, name: nas}
                    - {client-id: "01:02", lifetime: infinite}
              access:
                deny: ["00:11:23:*"]
                exceptions: [{mac: "*", allow: false, until: "2099-01-01T00:00:00Z"}]
                random-macs: deny
            """;

    private static ConfigResult.Valid valid(String text) {
        ConfigResult result = ConfigLoader.load(new ConfigDocument("innkeeper.yaml", text), Map.of(), List.of(), null);
        assertThat(result).as(result.text()).isInstanceOf(ConfigResult.Valid.class);
        return (ConfigResult.Valid) result;
    }

    private static Plan plan(String text, List<OwnReservation> reservations, List<OwnException> exceptions) {
        ConfigResult.Valid valid = valid(text);
        return PlanBuilder.of(dhcp4(valid), valid::where, reservations, exceptions);
    }

    private static Dhcp4Config dhcp4(ConfigResult.Valid valid) {
        return Objects.requireNonNull(valid.config().dhcp4());
    }

    private static int bits(String address) {
        return (int) IpAddress.parse(address).orElseThrow().low();
    }

    @Test
    void whatNobodySaysIsUsual() {
        Plan plan = plan("dhcp4: {listen: 6767, upstreams: 10.0.0.9, rogue: {known: 10.0.0.8}}", List.of(), List.of());
        assertThat(plan.mode()).isEqualTo(Mode.SELECTIVE);
        assertThat(plan.offerHoldMs()).isEqualTo(60_000);
        assertThat(plan.declineHoldMs()).isEqualTo(3_600_000);
        assertThat(plan.limits()).isEqualTo(Plan.Limits.USUAL);
        assertThat(plan.probe()).isEqualTo(new Plan.Probe(true, true, 500));
        assertThat(plan.access()).isEqualTo(Plan.Access.EVERYBODY);
        assertThat(plan.global().lifetime()).isEqualTo(new Layer.Lifetime(43_200, 120, 0, 0, 0, "default"));
        assertThat(plan.rogue()).isEqualTo(Set.of(bits("10.0.0.8"), bits("10.0.0.9")));
        assertThat(plan.networks()).isEmpty();
        assertThat(plan("dhcp4: {listen: 1, conflict-check: off}", List.of(), List.of())
                        .probe())
                .isEqualTo(Plan.Probe.NONE);
    }

    @Test
    void optionsAreOctetsThatKnowTheirLine() {
        Plan plan = plan(HOME, List.of(), List.of());
        OptionEntry routers = Objects.requireNonNull(plan.global().options().get(3));
        assertThat(routers.value()).hasToString("0a000001");
        assertThat(routers.always()).isTrue();
        assertThat(routers.where()).isEqualTo("innkeeper.yaml:3 (dhcp4.options.routers)");
        assertThat(plan.global().boot())
                .isEqualTo(new Layer.Boot(bits("10.0.0.3"), "", "x", "innkeeper.yaml:5 (dhcp4.boot)"));
    }

    @Test
    void lifetimesAreWhatEachLevelSays() {
        Plan plan = plan(HOME, List.of(), List.of());
        Plan.Subnet subnet = subnet(plan);
        long unsaid = Layer.Lifetime.UNSAID;
        assertThat(plan.global().lifetime()).isEqualTo(new Layer.Lifetime(43_200, 120, 172_800, 0, 0, "default"));
        assertThat(subnet.layer().lifetime())
                .isEqualTo(new Layer.Lifetime(
                        3_600, unsaid, unsaid, unsaid, unsaid, "innkeeper.yaml:13 (dhcp4.subnets[0].lifetime)"));
        assertThat(subnet.pools().getFirst().layer().lifetime())
                .isEqualTo(new Layer.Lifetime(
                        unsaid,
                        1_800,
                        unsaid,
                        unsaid,
                        unsaid,
                        "innkeeper.yaml:15 (dhcp4.subnets[0].pools[0].min-lifetime)"));
        assertThat(subnet.reservations().get(1).layer().lifetime())
                .extracting(lifetime -> lifetime == null ? 0 : lifetime.usual())
                .isEqualTo(0xffff_ffffL);
    }

    @Test
    void whatDoesNotFitTheUsualLifetimeGivesWay() {
        Layer.Lifetime global = new Layer.Lifetime(43_200, 120, 0, 40_000, 41_000, "global");
        Layer.Lifetime minute = new Layer.Lifetime(60, -1, -1, -1, -1, "pool").over(global);
        assertThat(minute.fitted()).isEqualTo(new Layer.Lifetime(60, 60, 60, 0, 0, "pool"));
        Layer.Lifetime week = new Layer.Lifetime(604_800, -1, 86_400, -1, 30_000, "class").over(global);
        assertThat(week.fitted())
                .as("a level goes beyond the bounds of a weaker one")
                .isEqualTo(new Layer.Lifetime(604_800, 120, 604_800, 40_000, 0, "class"));
    }

    private static Plan.Subnet subnet(Plan plan) {
        return plan.networks().getFirst().subnets().getFirst();
    }

    @Test
    void subnetsPoolsAndReservations() {
        Plan plan = plan(HOME, List.of(), List.of());
        assertThat(plan.networks()).extracting(Plan.Network::name).containsExactly("lan");
        Plan.Subnet subnet = subnet(plan);
        assertThat(subnet.name()).isEqualTo("10.0.0.0/24");
        assertThat(subnet.where()).isEqualTo("innkeeper.yaml:11 (dhcp4.subnets[0])");
        assertThat(subnet.access()).isEqualTo(Plan.Access.EVERYBODY);
        Plan.Pool pool = subnet.pools().getFirst();
        assertThat(pool.name()).isEqualTo("10.0.0.0-10.0.0.127");
        assertThat(pool.first()).isEqualTo(bits("10.0.0.0"));
        assertThat(pool.last()).isEqualTo(bits("10.0.0.127"));
        assertThat(pool.classes()).containsExactly("phones");
        assertThat(pool.excluded())
                .as("clipped to the pool, with the network address")
                .containsExactly(
                        new Plan.Range(bits("10.0.0.5"), bits("10.0.0.5")),
                        new Plan.Range(bits("10.0.0.0"), bits("10.0.0.2")),
                        new Plan.Range(bits("10.0.0.0"), bits("10.0.0.0")));
        Plan.Reserved nas = subnet.reservations().getFirst();
        assertThat(nas.address()).isEqualTo(bits("10.0.0.200"));
        assertThat(nas.name()).isEqualTo("nas");
        assertThat(nas.layer()).isEqualTo(Layer.NOTHING);
        assertThat(nas.where()).isEqualTo("innkeeper.yaml:17 (dhcp4.subnets[0].reservations[0])");
    }

    @Test
    void rulesBecomeMatches() {
        Plan plan = plan(HOME, List.of(), List.of(new OwnException(anybody(), true, 5)));
        Match phones = plan.classes().getFirst().match();
        assertThat(phones.macs()).containsExactly(new MacPattern(0x001122000000L, 0xffffff000000L));
        assertThat(phones.clientId()).hasToString("0102");
        assertThat(phones.relays()).containsExactly(bits("10.9.0.1"));
        assertThat(phones.architectures()).containsExactly(7);
        assertThat(phones.randomMac()).isFalse();
        assertThat(plan.access().randomMacs()).isEqualTo(Plan.RandomMacs.DENY);
        assertThat(plan.access().deny())
                .singleElement()
                .extracting(Plan.Rule::where)
                .isEqualTo("innkeeper.yaml:20 (dhcp4.access.deny[0])");
        assertThat(plan.access().exceptions())
                .extracting(Plan.TimedRule::where)
                .containsExactly("API", "innkeeper.yaml:21 (dhcp4.access.exceptions[0])");
        assertThat(plan.access().exceptions())
                .extracting(Plan.TimedRule::untilMs)
                .containsExactly(5L, 4_070_908_800_000L);
    }

    private static Match anybody() {
        return new Match(List.of(), null, null, null, null, null, null, List.of(), List.of(), null, null);
    }

    private static OwnReservation own(String id, String mac, @Nullable String address, String subnet) {
        Plan.Reserved reserved = new Plan.Reserved(
                id,
                List.of(MacAddress.parse(mac).orElseThrow()),
                null,
                null,
                null,
                null,
                null,
                address == null ? 0 : bits(address),
                null,
                Layer.NOTHING,
                "API");
        return new OwnReservation(reserved, subnet);
    }

    @Test
    void reservationsOfTheApiGoWhereTheyFit() {
        List<OwnReservation> own = List.of(
                own("1", "00:00:00:00:00:02", "10.0.0.201", ""),
                own("2", "00:00:00:00:00:03", "10.0.0.200", ""),
                own("3", "00:00:00:00:00:01", "10.0.0.203", ""),
                own("4", "00:00:00:00:00:04", "10.7.0.1", ""),
                own("5", "00:00:00:00:00:05", null, ""),
                own("6", "00:00:00:00:00:06", null, "10.7.0.0/24"),
                own("7", "00:00:00:00:00:07", "10.0.0.201", "10.0.0.0/24"));
        assertThat(subnet(plan(HOME, own, List.of())).reservations())
                .extracting(Plan.Reserved::id)
                .as("2 and 3 contradict the configuration, 7 contradicts 1, 4 and 6 are elsewhere")
                .containsExactly("", "", "1", "5");
        assertThat(own.stream().filter(one -> OwnReservations.isHomeless(dhcp4(valid(HOME)), one)))
                .extracting(one -> one.reserved().id())
                .containsExactly("4", "6");
    }

    @Test
    void theExampleWithEveryKeyMakesAPlan() throws Exception {
        Path example = Path.of(System.getProperty("innkeeper.root", "."), "config", "innkeeper.yaml");
        Plan plan = plan(Files.readString(example), List.of(), List.of());
        assertThat(plan.mode()).isEqualTo(Mode.HYBRID);
        assertThat(plan.networks()).extracting(Plan.Network::name).containsExactly("campus", "home");
        assertThat(plan.global().options().keySet()).containsExactlyInAnyOrder(15, 6, 42, 224, 225);
        assertThat(plan.access().exceptions()).hasSize(1);
    }
}
