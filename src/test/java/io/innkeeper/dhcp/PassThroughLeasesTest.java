package io.innkeeper.dhcp;

import static io.innkeeper.dhcp.ModesKit.BROADCAST;
import static io.innkeeper.dhcp.ModesKit.ETH0;
import static io.innkeeper.dhcp.ModesKit.FROM_UPSTREAM;
import static io.innkeeper.dhcp.ModesKit.LEASED;
import static io.innkeeper.dhcp.ModesKit.MAC;
import static io.innkeeper.dhcp.ModesKit.T0;
import static io.innkeeper.dhcp.ModesKit.UPSTREAM;
import static io.innkeeper.dhcp.ModesKit.US;
import static io.innkeeper.dhcp.ModesKit.ack;
import static io.innkeeper.dhcp.ModesKit.back;
import static io.innkeeper.dhcp.ModesKit.granted;
import static io.innkeeper.dhcp.ModesKit.ip;
import static io.innkeeper.dhcp.ModesKit.mac;
import static io.innkeeper.dhcp.ModesKit.on;
import static io.innkeeper.dhcp.ModesKit.passThrough;
import static io.innkeeper.dhcp.ModesKit.reply;
import static io.innkeeper.dhcp.ModesKit.request;
import static io.innkeeper.dhcp.ModesKit.usual;
import static io.innkeeper.wire.dhcp4.MessageType.ACK;
import static io.innkeeper.wire.dhcp4.MessageType.DECLINE;
import static io.innkeeper.wire.dhcp4.MessageType.DISCOVER;
import static io.innkeeper.wire.dhcp4.MessageType.INFORM;
import static io.innkeeper.wire.dhcp4.MessageType.NAK;
import static io.innkeeper.wire.dhcp4.MessageType.OFFER;
import static io.innkeeper.wire.dhcp4.MessageType.RELEASE;
import static io.innkeeper.wire.dhcp4.MessageType.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.lease.LeaseFact;
import io.innkeeper.lease.LeaseReport;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.net.IpAddress;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is learned of the leases that pass. */
class PassThroughLeasesTest {
    private static final String EXAMPLE = "192.168.1.50";

    private static PassThrough withLease() {
        PassThrough passThrough = usual();
        DhcpMessage asked = request(REQUEST, d -> {
            d.options.put(OptionCode.REQUESTED_ADDRESS, LEASED);
            d.options.putText(OptionCode.HOST_NAME, "nas");
            d.options.putText(OptionCode.VENDOR_CLASS, "udhcp 1.36");
            d.options.put(OptionCode.CLIENT_ID, new byte[] {1, 2, 0, 0, 0, 0, 1});
            d.options.put(OptionCode.PARAMETER_REQUEST_LIST, new byte[] {1, 3, 6});
        });
        passThrough.toServers(asked, BROADCAST, T0);
        LeaseReport learned =
                back(passThrough.toClient(ack(), FROM_UPSTREAM, T0)).learned();
        assertThat(learned.source()).isEqualTo(PassThrough.SOURCE);
        LeaseFact fact = learned.seen().getFirst();
        assertThat(fact.address()).hasToString(EXAMPLE);
        assertThat(fact.mac()).isEqualTo(MAC);
        assertThat(fact.clientId()).hasToString("01:02:00:00:00:00:01");
        assertThat(fact.hostname()).isEqualTo("nas");
        assertThat(fact.subnet()).hasToString("192.168.1.0/24");
        assertThat(fact.expiry().at()).isEqualTo(Instant.ofEpochMilli(T0 + 3_600_000));
        assertThat(fact.details())
                .containsEntry("vendorClass", "udhcp 1.36")
                .containsEntry("requestedOptions", "1,3,6")
                .containsEntry("server", "10.0.0.1");
        return passThrough;
    }

    @Test
    void anAckThatNobodyAskedForTeachesNothing() {
        PassThrough passThrough = usual();
        assertThat(back(passThrough.toClient(ack(), FROM_UPSTREAM, T0))
                        .learned()
                        .isEmpty())
                .isTrue();
        passThrough.toServers(request(INFORM, d -> d.ciaddr = LEASED), BROADCAST, T0);
        assertThat(back(passThrough.toClient(ack(), FROM_UPSTREAM, T0))
                        .learned()
                        .isEmpty())
                .isTrue();
        passThrough.toServers(request(REQUEST, d -> d.chaddr = mac(7)), BROADCAST, T0);
        assertThat(back(passThrough.toClient(ack(), FROM_UPSTREAM, T0))
                        .learned()
                        .isEmpty())
                .as("same xid, another client")
                .isTrue();
        passThrough.toServers(request(REQUEST, d -> {}), BROADCAST, T0);
        long late = T0 + PassThrough.WAIT_MS;
        assertThat(back(passThrough.toClient(ack(), FROM_UPSTREAM, late))
                        .learned()
                        .isEmpty())
                .isTrue();
        assertThat(passThrough.leaseCount()).isZero();
    }

    @Test
    void anOfferTeachesNothingAndRapidCommitDoes() {
        PassThrough passThrough = usual();
        passThrough.toServers(
                request(DISCOVER, d -> d.options.put(OptionCode.RAPID_COMMIT, new byte[0])), BROADCAST, T0);
        DhcpMessage offer = granted(OFFER, LEASED, UPSTREAM, d -> d.giaddr = US);
        assertThat(back(passThrough.toClient(offer, FROM_UPSTREAM, T0))
                        .learned()
                        .isEmpty())
                .isTrue();
        DhcpMessage rapid = granted(ACK, LEASED, UPSTREAM, d -> {
            d.giaddr = US;
            d.options.put(OptionCode.RAPID_COMMIT, new byte[0]);
        });
        assertThat(back(passThrough.toClient(rapid, FROM_UPSTREAM, T0))
                        .learned()
                        .seen())
                .hasSize(1);
    }

    @Test
    void aLeaseEndsWhenItsTimeIsUp() {
        PassThrough passThrough = withLease();
        assertThat(passThrough.expire(T0 + 3_599_999).isEmpty()).isTrue();
        assertThat(passThrough.expire(T0 + 3_600_000).gone()).containsExactly(address());
        assertThat(passThrough.expire(T0 + 3_600_000).isEmpty()).isTrue();
    }

    private static IpAddress address() {
        return IpAddress.parse(EXAMPLE).orElseThrow();
    }

    @Test
    void aRenewalThatPassesMovesTheEnd() {
        PassThrough passThrough = withLease();
        Arrival toUs = new Arrival(ETH0, LEASED, 68, US);
        DhcpMessage renew = request(REQUEST, d -> {
            d.xid = 77;
            d.ciaddr = LEASED;
        });
        DhcpMessage passed =
                on(passThrough.toServers(renew, toUs, T0 + 1_800_000)).message();
        assertThat(passed.giaddr()).isEqualTo(US);
        DhcpMessage again = granted(ACK, LEASED, UPSTREAM, d -> {
            d.xid = 77;
            d.giaddr = US;
        });
        PassedOn.ToClient back = back(passThrough.toClient(again, FROM_UPSTREAM, T0 + 1_800_000));
        assertThat(back.route()).as("table 3 lets ciaddr be empty").isEqualTo(new Route.Unicast(LEASED, 68));
        assertThat(back.learned().seen()).hasSize(1);
        assertThat(passThrough.expire(T0 + 3_600_000).isEmpty()).isTrue();
        assertThat(passThrough.expire(T0 + 5_400_000).gone()).containsExactly(address());
    }

    @Test
    void releaseAndDeclineOfTheHolderEndTheLease() {
        DhcpMessage release = request(RELEASE, d -> d.ciaddr = LEASED);
        DhcpMessage decline = request(DECLINE, d -> d.options.put(OptionCode.REQUESTED_ADDRESS, LEASED));
        for (DhcpMessage message : List.of(release, decline)) {
            PassThrough passThrough = withLease();
            DhcpMessage strangers = request(message.type(), d -> {
                d.chaddr = mac(9);
                d.ciaddr = message.ciaddr();
                d.options.put(OptionCode.REQUESTED_ADDRESS, LEASED);
            });
            assertThat(on(passThrough.toServers(strangers, BROADCAST, T0))
                            .learned()
                            .isEmpty())
                    .isTrue();
            assertThat(on(passThrough.toServers(message, BROADCAST, T0))
                            .learned()
                            .gone())
                    .containsExactly(address());
            assertThat(passThrough.expire(Long.MAX_VALUE).isEmpty()).isTrue();
        }
    }

    @Test
    void leasesOfAnEarlierRunEndToo() {
        PassThrough passThrough = usual();
        DhcpMessage asked = request(REQUEST, d -> {});
        passThrough.toServers(asked, BROADCAST, T0);
        LeaseFact fact = back(passThrough.toClient(ack(), FROM_UPSTREAM, T0))
                .learned()
                .seen()
                .getFirst();
        PassThrough restarted = usual();
        restarted.restore(List.of(fact));
        assertThat(restarted.leaseCount()).isEqualTo(1);
        DhcpMessage release = request(RELEASE, d -> {
            d.ciaddr = LEASED;
            d.options.put(OptionCode.SERVER_ID, US);
        });
        PassedOn.ToServers passed = on(restarted.toServers(release, new Arrival(ETH0, LEASED, 68, US), T0));
        assertThat(passed.message().options().address(OptionCode.SERVER_ID)).isEqualTo(UPSTREAM);
        assertThat(passed.learned().gone()).containsExactly(address());
    }

    @Test
    void anInfiniteLeaseNeverEnds() {
        PassThrough passThrough = usual();
        passThrough.toServers(request(REQUEST, d -> {}), BROADCAST, T0);
        DhcpMessage ack = granted(ACK, LEASED, UPSTREAM, d -> {
            d.giaddr = US;
            d.options.put(OptionCode.LEASE_TIME, -1);
        });
        assertThat(back(passThrough.toClient(ack, FROM_UPSTREAM, T0)).learned().seen())
                .hasSize(1);
        assertThat(passThrough.expire(Long.MAX_VALUE).isEmpty()).isTrue();
    }

    @Test
    void aNakTeachesNothing() {
        PassThrough passThrough = withLease();
        DhcpMessage nak = reply(NAK, d -> d.giaddr = US);
        assertThat(back(passThrough.toClient(nak, FROM_UPSTREAM, T0)).learned().isEmpty())
                .isTrue();
    }

    @Test
    void moreClientsThanCanWaitForgetTheOldest() {
        PassThrough passThrough = usual();
        for (int i = 0; i < PassThrough.MAX_WAITING + 5; i++) {
            int number = i;
            passThrough.toServers(request(REQUEST, d -> d.chaddr = mac(number)), BROADCAST, T0);
        }
        assertThat(passThrough.forgotten()).isEqualTo(5);
        DhcpMessage first = granted(ACK, LEASED, UPSTREAM, d -> {
            d.giaddr = US;
            d.chaddr = mac(0);
        });
        assertThat(back(passThrough.toClient(first, FROM_UPSTREAM, T0))
                        .learned()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void tooManyLeasesAreNotLearnedButCounted() {
        LearnedLeases leases = new LearnedLeases(PassThrough.SOURCE, 1);
        LeaseFact fact = withOneLease();
        assertThat(leases.learn(fact, LearnedLeases.Origin.UNKNOWN).seen()).hasSize(1);
        LeaseFact other = new LeaseFact(
                IpAddress.v4(1),
                MAC,
                null,
                null,
                fact.expiry(),
                null,
                false,
                fact.allocation(),
                null,
                null,
                java.util.Map.of());
        assertThat(leases.learn(other, LearnedLeases.Origin.UNKNOWN).isEmpty()).isTrue();
        assertThat(leases.notLearned()).isEqualTo(1);
        assertThat(leases.learn(fact, LearnedLeases.Origin.UNKNOWN).seen())
                .as("a renewal has its place")
                .hasSize(1);
    }

    private static LeaseFact withOneLease() {
        PassThrough passThrough = usual();
        passThrough.toServers(request(REQUEST, d -> {}), BROADCAST, T0);
        return back(passThrough.toClient(ack(), FROM_UPSTREAM, T0))
                .learned()
                .seen()
                .getFirst();
    }

    private static PassThrough.Settings to(String... upstreams) {
        return PassThrough.Settings.of(
                java.util.Arrays.stream(upstreams).map(ModesKit::ip).toList());
    }

    @Test
    void leasesOfAnUpstreamThatStaysAreKeptAndEndWhenItGoes() {
        PassThrough passThrough = withLease();
        passThrough.settings(to("10.0.0.7", "10.0.0.1"));
        assertThat(passThrough.leaseCount()).isOne();
        assertThat(passThrough.expire(T0).isEmpty()).isTrue();

        passThrough.settings(to("10.0.0.7"));
        assertThat(passThrough.expire(T0).gone())
                .extracting(IpAddress::toString)
                .containsExactly(EXAMPLE);
        assertThat(passThrough.leaseCount()).isZero();
        assertThat(passThrough.expire(T0 + 10_000_000).isEmpty())
                .as("it ends once")
                .isTrue();
    }

    @Test
    void withoutUpstreamsAllLeasesEndThoseOfAnEarlierRunToo() {
        LeaseFact infinite = new LeaseFact(
                IpAddress.v4(ip("192.168.1.51")),
                MAC,
                null,
                null,
                io.innkeeper.lease.Expiry.INFINITE,
                null,
                false,
                io.innkeeper.lease.Allocation.DYNAMIC,
                null,
                null,
                java.util.Map.of("server", "10.0.0.1"));
        PassThrough passThrough = withLease();
        passThrough.restore(List.of(infinite));
        passThrough.settings(to());
        assertThat(passThrough.expire(T0).gone())
                .extracting(IpAddress::toString)
                .containsExactlyInAnyOrder(EXAMPLE, "192.168.1.51");
    }

    @Test
    void aRequestThatWaitsWhenTheUpstreamsChangeStillTeaches() {
        PassThrough passThrough = usual();
        passThrough.toServers(
                request(REQUEST, d -> d.options.put(OptionCode.REQUESTED_ADDRESS, LEASED)), BROADCAST, T0);
        passThrough.settings(to("10.0.0.7", "10.0.0.1"));
        assertThat(back(passThrough.toClient(ack(), FROM_UPSTREAM, T0))
                        .learned()
                        .seen())
                .hasSize(1);
    }
}
