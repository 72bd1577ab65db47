package io.innkeeper.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.config.ConfigDocument;
import io.innkeeper.config.ConfigLoader;
import io.innkeeper.config.ConfigResult;
import io.innkeeper.dhcp.Outcome.Verdict;
import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingBook;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.lease.Traits;
import io.innkeeper.wire.dhcp4.MessageType;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.MacAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which leases of another server go into our book. */
class AdopterTest {
    private static final long NOW = ModesKit.T0;
    private static final long HOUR_MS = 3_600_000;
    private static final MacAddress LAPTOP = ModesKit.mac("02:00:00:00:00:01");
    private static final MacAddress PHONE = ModesKit.mac("02:00:00:00:00:02");
    private static final MacAddress NAS = ModesKit.mac("aa:bb:cc:dd:ee:ff");

    private final BindingBook book = new BindingBook(100, 1);
    private final DhcpEngine engine = new DhcpEngine(book, plan("""
            dhcp4:
              interfaces: [eth0]
              conflict-check: off
              lifetime: 2h
              classes: [{name: toys, match: {mac: "02:11:*"}}]
              subnets:
                - prefix: 192.168.1.0/24
                  pools:
                    - {range: 192.168.1.100-192.168.1.149, exclude: 192.168.1.120}
                    - {range: 192.168.1.150-192.168.1.199, classes: toys}
                  reservations: [{mac: "aa:bb:cc:dd:ee:ff", address: 192.168.1.10, name: nas}]
                - {prefix: 192.168.2.0/24, mode: pass-through}
              upstreams: [192.168.2.9]
            """));

    private static Plan plan(String yaml) {
        ConfigResult result = ConfigLoader.load(new ConfigDocument("innkeeper.yaml", yaml), Map.of(), List.of(), null);
        assertThat(result).as(result.text()).isInstanceOf(ConfigResult.Valid.class);
        ConfigResult.Valid valid = (ConfigResult.Valid) result;
        return PlanBuilder.of(Objects.requireNonNull(valid.config().dhcp4()), valid::where, List.of(), List.of());
    }

    private static Binding lease(String address, MacAddress mac, long endsAtMs) {
        return new Binding(
                ModesKit.ip(address),
                ClientId.ofHardware(mac),
                false,
                mac,
                LeaseState.ACTIVE,
                false,
                NOW - HOUR_MS,
                endsAtMs,
                endsAtMs == Binding.NEVER ? Binding.INFINITE_S : 7_200,
                "laptop",
                Traits.NONE,
                null);
    }

    private Adoption adopt(Binding lease) {
        return engine.adopt(new Adoptable(lease, true), true, NOW);
    }

    private void refuses(String address, MacAddress mac, String reason) {
        Adoption adoption = adopt(lease(address, mac, NOW + HOUR_MS));
        assertThat(adoption.kind()).as(address).isEqualTo(Adoption.Kind.REFUSED);
        assertThat(adoption.reason()).contains(reason);
        assertThat(adoption.change()).isNull();
    }

    @Test
    void aLeaseOfAPoolIsTakenAsItIsAndOnce() {
        Binding lease = lease("192.168.1.100", LAPTOP, NOW + HOUR_MS);
        Adoption first = adopt(lease);
        assertThat(first.kind()).isEqualTo(Adoption.Kind.ADOPTED);
        assertThat(Objects.requireNonNull(first.change()).kind()).isEqualTo(BindingChange.Kind.GRANTED);
        assertThat(book.at(lease.address())).isEqualTo(lease);
        assertThat(adopt(lease).kind()).isEqualTo(Adoption.Kind.KNOWN);
        assertThat(adopt(lease).change()).isNull();
    }

    @Test
    void aPlanEntersNothing() {
        Binding lease = lease("192.168.1.100", LAPTOP, NOW + HOUR_MS);
        Adoption planned = engine.adopt(new Adoptable(lease, true), false, NOW);
        assertThat(planned.kind()).isEqualTo(Adoption.Kind.ADOPTED);
        assertThat(planned.change()).isNull();
        assertThat(book.size()).isZero();
    }

    @Test
    void whatIsTakenCanBeTakenBack() {
        Adoption adoption = adopt(lease("192.168.1.100", LAPTOP, NOW + HOUR_MS));
        engine.revert(List.of(Objects.requireNonNull(adoption.change())));
        assertThat(book.at(ModesKit.ip("192.168.1.100"))).isNull();
    }

    @Test
    void aLaterEndExtendsAndAnEarlierOneDoesNot() {
        adopt(lease("192.168.1.100", LAPTOP, NOW + HOUR_MS));
        assertThat(adopt(lease("192.168.1.100", LAPTOP, NOW + 1)).kind()).isEqualTo(Adoption.Kind.KNOWN);
        Adoption later = adopt(lease("192.168.1.100", LAPTOP, NOW + 2 * HOUR_MS));
        assertThat(later.kind()).isEqualTo(Adoption.Kind.EXTENDED);
        assertThat(Objects.requireNonNull(later.change()).kind()).isEqualTo(BindingChange.Kind.RENEWED);
        assertThat(Objects.requireNonNull(book.at(ModesKit.ip("192.168.1.100"))).endsAtMs())
                .isEqualTo(NOW + 2 * HOUR_MS);
    }

    @Test
    void infiniteStaysInfinite() {
        adopt(lease("192.168.1.100", LAPTOP, Binding.NEVER));
        Binding taken = Objects.requireNonNull(book.at(ModesKit.ip("192.168.1.100")));
        assertThat(taken.endsAtMs()).isEqualTo(Binding.NEVER);
        assertThat(taken.lifetimeS()).isEqualTo(Binding.INFINITE_S);
        assertThat(adopt(lease("192.168.1.100", LAPTOP, Binding.NEVER)).kind()).isEqualTo(Adoption.Kind.KNOWN);
    }

    @Test
    void anUnknownEndIsWhatWeWouldGrantAndOnlyOnce() {
        Adoptable unknown = new Adoptable(lease("192.168.1.100", LAPTOP, Binding.NEVER), false);
        assertThat(engine.adopt(unknown, true, NOW).endsAtMs()).isEqualTo(NOW + 2 * HOUR_MS);
        assertThat(engine.adopt(unknown, true, NOW + HOUR_MS).kind()).isEqualTo(Adoption.Kind.KNOWN);
    }

    @Test
    void whatTheConfigurationWouldNotGiveIsRefused() {
        refuses("10.0.0.1", LAPTOP, "in no subnet");
        refuses("192.168.1.99", LAPTOP, "in no pool");
        refuses("192.168.1.120", LAPTOP, "left out of its pool");
        refuses("192.168.1.150", LAPTOP, "other classes");
        refuses("192.168.1.10", LAPTOP, "reserved for another client: innkeeper.yaml:");
        refuses("192.168.2.7", LAPTOP, "hands requests on");
        engine.own(List.of(ModesKit.ip("192.168.1.101")));
        refuses("192.168.1.101", LAPTOP, "an address of this machine");
        assertThat(adopt(lease("192.168.1.100", LAPTOP, NOW)).reason()).isEqualTo("its time is over");
        assertThat(book.size()).isZero();
    }

    @Test
    void aReservationOfTheClientIsTakenWithItsName() {
        assertThat(adopt(lease("192.168.1.10", NAS, NOW + HOUR_MS)).kind()).isEqualTo(Adoption.Kind.ADOPTED);
        Binding taken = Objects.requireNonNull(book.at(ModesKit.ip("192.168.1.10")));
        assertThat(taken.fixed()).isTrue();
        assertThat(taken.hostname()).isEqualTo("nas");
    }

    @Test
    void whoIsInOurBookStays() {
        adopt(lease("192.168.1.100", LAPTOP, NOW + HOUR_MS));
        refuses("192.168.1.100", PHONE, "held by " + LAPTOP + " in our own list, until 2027-01-15T09:00:00Z");
        refuses("192.168.1.102", LAPTOP, "its client holds 192.168.1.100 in our own list");
        book.release(ModesKit.ip("192.168.1.100"), NOW);
        assertThat(adopt(lease("192.168.1.100", PHONE, NOW + HOUR_MS)).kind()).isEqualTo(Adoption.Kind.ADOPTED);
        book.decline(lease("192.168.1.103", PHONE, NOW), NOW + HOUR_MS, NOW);
        refuses("192.168.1.103", LAPTOP, "set aside until");
    }

    @Test
    void anOfferGivesWayToWhoHoldsTheAddress() {
        int address = ModesKit.ip("192.168.1.100");
        book.offer(address, ClientId.ofHardware(PHONE), NOW + 60_000);
        assertThat(adopt(lease("192.168.1.100", LAPTOP, NOW + HOUR_MS)).kind()).isEqualTo(Adoption.Kind.ADOPTED);
        assertThat(book.offerAt(address)).isNull();
    }

    @Test
    void theClientGetsItsAddressAndNobodyElseDoes() {
        adopt(lease("192.168.1.130", LAPTOP, NOW + HOUR_MS));
        Arrival arrival = new Arrival(new Arrival.Link(2, "eth0", List.of(ModesKit.ip("192.168.1.2"))), 0, 68, -1);
        Outcome own = engine.handle(TestingMessages.message(MessageType.DISCOVER, LAPTOP, 0, 0), arrival, NOW);
        assertThat(Objects.requireNonNull(own.reply()).yiaddr()).isEqualTo(ModesKit.ip("192.168.1.130"));
        Outcome other = engine.handle(
                TestingMessages.message(MessageType.DISCOVER, PHONE, ModesKit.ip("192.168.1.130"), 0), arrival, NOW);
        assertThat(other.verdict()).isEqualTo(Verdict.OFFERED);
        assertThat(Objects.requireNonNull(other.reply()).yiaddr()).isNotEqualTo(ModesKit.ip("192.168.1.130"));
    }
}
