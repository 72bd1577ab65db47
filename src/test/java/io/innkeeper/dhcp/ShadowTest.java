package io.innkeeper.dhcp;

import static io.innkeeper.dhcp.ModesKit.BROADCAST;
import static io.innkeeper.dhcp.ModesKit.ETH0;
import static io.innkeeper.dhcp.ModesKit.MAC;
import static io.innkeeper.dhcp.ModesKit.REAL;
import static io.innkeeper.dhcp.ModesKit.T0;
import static io.innkeeper.dhcp.ModesKit.granted;
import static io.innkeeper.dhcp.ModesKit.ip;
import static io.innkeeper.dhcp.ModesKit.mac;
import static io.innkeeper.dhcp.ModesKit.reply;
import static io.innkeeper.dhcp.ModesKit.request;
import static io.innkeeper.wire.dhcp4.MessageType.ACK;
import static io.innkeeper.wire.dhcp4.MessageType.DISCOVER;
import static io.innkeeper.wire.dhcp4.MessageType.NAK;
import static io.innkeeper.wire.dhcp4.MessageType.OFFER;
import static io.innkeeper.wire.dhcp4.MessageType.RELEASE;
import static io.innkeeper.wire.dhcp4.MessageType.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.lease.BindingBook;
import io.innkeeper.property.Property;
import io.innkeeper.view.Json;
import io.innkeeper.view.ShadowDifference;
import io.innkeeper.view.ShadowField;
import io.innkeeper.view.ShadowReport;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Octets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ShadowTest {
    private static final int ADDRESS = ip("192.168.1.150");
    private static final Arrival FROM_REAL = new Arrival(ETH0, REAL, 67, -1);

    private final Shadow shadow = shadow(Map.of(), List.of(), Plan.Access.EVERYBODY);

    private static Shadow shadow(
            Map<Integer, OptionEntry> options, List<Plan.Reserved> reservations, Plan.Access access) {
        Plan plan = Shadow.scratch(ModesKit.plan(options, reservations, access));
        return new Shadow(new DhcpEngine(new BindingBook(1_000, 1), plan), T0);
    }

    private static Plan.Reserved reserved(MacAddress mac, String address) {
        return new Plan.Reserved(
                "", List.of(mac), null, null, null, null, null, ip(address), null, Layer.NOTHING, "test");
    }

    private static DhcpMessage discover(int... asks) {
        return request(DISCOVER, d -> {
            byte[] codes = new byte[asks.length];
            for (int i = 0; i < asks.length; i++) {
                codes[i] = (byte) asks[i];
            }
            d.options.put(OptionCode.PARAMETER_REQUEST_LIST, codes);
            // The real server and we agree on the address where the client asks for one that is free.
            d.options.put(OptionCode.REQUESTED_ADDRESS, ADDRESS);
            d.options.putText(OptionCode.HOST_NAME, "laptop");
        });
    }

    private static DhcpMessage selecting(int address) {
        return request(REQUEST, d -> {
            d.options.put(OptionCode.SERVER_ID, REAL);
            d.options.put(OptionCode.REQUESTED_ADDRESS, address);
        });
    }

    private static ShadowDifference only(Shadow shadow) {
        assertThat(shadow.clients()).hasSize(1);
        return shadow.clients().getFirst();
    }

    private static ShadowDifference compared(Shadow shadow, DhcpMessage asked, DhcpMessage answer) {
        shadow.look(asked, BROADCAST, T0);
        shadow.look(answer, FROM_REAL, T0 + 5);
        return only(shadow);
    }

    private static ShadowField field(ShadowDifference difference) {
        assertThat(difference.fields()).hasSize(1);
        return difference.fields().getFirst();
    }

    private static DhcpMessage offer(Consumer<ModesKit.Draft> more) {
        return granted(OFFER, ADDRESS, REAL, more);
    }

    // ---- agreement

    @Test
    void aWholeConversationThatAgrees() {
        shadow.look(discover(), BROADCAST, T0);
        shadow.look(offer(d -> {}), FROM_REAL, T0 + 5);
        assertThat(only(shadow).fields()).isEmpty();
        shadow.look(selecting(ADDRESS), BROADCAST, T0 + 10);
        shadow.look(granted(ACK, ADDRESS, REAL, d -> {}), FROM_REAL, T0 + 15);
        DhcpMessage renew = request(REQUEST, d -> {
            d.xid = 5;
            d.ciaddr = ADDRESS;
        });
        shadow.look(renew, new Arrival(ETH0, ADDRESS, 68, REAL), T0 + 1_800_000);
        DhcpMessage again = granted(ACK, ADDRESS, REAL, d -> {
            d.xid = 5;
            d.ciaddr = ADDRESS;
        });
        shadow.look(again, FROM_REAL, T0 + 1_800_005);

        ShadowReport report = shadow.report();
        assertThat(report.differences()).isEmpty();
        assertThat(report.messages())
                .containsOnly(
                        Map.entry("DISCOVER", new ShadowReport.Count(1, 0, 0)),
                        Map.entry("REQUEST", new ShadowReport.Count(2, 0, 0)));
        assertThat(report.clients()).isEqualTo(1);
        assertThat(report.clientsAgreeing()).isEqualTo(1);
        assertThat(only(shadow).ours()).isEqualTo("ACK 192.168.1.150");
        assertThat(only(shadow).server()).isEqualTo("192.168.1.1");
        assertThat(shadow.of(MAC, T0)).isEqualTo(only(shadow));
    }

    @Test
    void twoThatAreSilentAgree() {
        Plan.Rule nobody = new Plan.Rule(
                new Match(
                        List.of(new MacPattern(0, 0)),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        List.of(),
                        null,
                        null),
                "test:1");
        Shadow strict = shadow(
                Map.of(),
                List.of(),
                new Plan.Access(List.of(), List.of(nobody), List.of(), List.of(), false, false, Plan.RandomMacs.ALLOW));
        strict.look(discover(), BROADCAST, T0);
        strict.tick(T0 + Shadow.SILENCE_MS);
        assertThat(only(strict).agrees()).isTrue();
        assertThat(only(strict).ours()).isEqualTo("silence: denied, test:1");

        strict.look(discover(), BROADCAST, T0 + 10_000);
        strict.look(offer(d -> {}), FROM_REAL, T0 + 10_005);
        assertThat(field(only(strict)).meaning())
                .contains("access rules refuse")
                .contains("test:1");
    }

    @Test
    void theFuzzOfDnsmasqIsNoDifference() {
        DhcpMessage fuzzy = offer(d -> {
            d.options.put(OptionCode.T1, 1_800 - 200);
            d.options.put(OptionCode.T2, 3_150 - 200);
        });
        assertThat(compared(shadow, discover(), fuzzy).fields()).isEmpty();
    }

    @Test
    void theRealServersOwnAddressAsNextServerMeansNothingWithoutABootFile() {
        assertThat(compared(shadow, discover(), offer(d -> d.siaddr = REAL)).fields())
                .isEmpty();
    }

    // ---- differences

    @Test
    void anOptionThatIsNotConfigured() {
        ShadowField field = field(compared(
                shadow,
                discover(OptionCode.SUBNET_MASK, OptionCode.NTP_SERVERS),
                offer(d -> d.options.put(OptionCode.NTP_SERVERS, REAL))));
        assertThat(field.field()).isEqualTo("ntp-servers");
        assertThat(field.real()).isEqualTo("192.168.1.1");
        assertThat(field.ours()).isNull();
        assertThat(field.meaning())
                .isEqualTo("the real server sends option 42 (ntp-servers) 192.168.1.1; we would not: add options:"
                        + " {ntp-servers: 192.168.1.1}");
    }

    @Test
    void anOptionOfAnotherValueAndOneTooMany() {
        Map<Integer, OptionEntry> options = Map.of(
                OptionCode.ROUTER,
                        new OptionEntry(OptionCode.ROUTER, Octets.of(new byte[] {10, 0, 0, 1}), false, "test"),
                OptionCode.DNS, new OptionEntry(OptionCode.DNS, Octets.of(new byte[] {10, 0, 0, 2}), false, "test"));
        Shadow configured = shadow(options, List.of(), Plan.Access.EVERYBODY);
        ShadowDifference found = compared(
                configured,
                discover(OptionCode.ROUTER, OptionCode.DNS),
                offer(d -> d.options.put(OptionCode.ROUTER, REAL)));
        assertThat(found.fields()).extracting(ShadowField::field).containsExactly("routers", "domain-name-servers");
        assertThat(found.fields().getFirst().meaning()).contains("set options: {routers: 192.168.1.1}");
        assertThat(found.fields().getLast().meaning()).contains("the real server does not");
        assertThat(configured.report().fields())
                .containsOnly(Map.entry("routers", 1L), Map.entry("domain-name-servers", 1L));
        assertThat(found.hostname()).isEqualTo("laptop");
        assertThat(found.mac()).isEqualTo(MAC.toString());
    }

    @Test
    void aBroadcastAddressIsADifferenceOnlyWhereItIsOdd() {
        DhcpMessage usual = offer(d -> d.options.put(OptionCode.BROADCAST_ADDRESS, ip("192.168.1.255")));
        assertThat(compared(shadow, discover(OptionCode.SUBNET_MASK), usual).fields())
                .isEmpty();
        DhcpMessage odd = offer(d -> d.options.put(OptionCode.BROADCAST_ADDRESS, ip("192.168.1.0")));
        shadow.look(discover(OptionCode.SUBNET_MASK), BROADCAST, T0 + 100);
        shadow.look(odd, FROM_REAL, T0 + 105);
        assertThat(field(only(shadow)).field()).isEqualTo("broadcast-address");
    }

    @Test
    void anotherLifetime() {
        ShadowField field =
                field(compared(shadow, discover(), offer(d -> d.options.put(OptionCode.LEASE_TIME, 43_200))));
        assertThat(field).isEqualTo(new ShadowField("lifetime", "12h", "1h", "set lifetime: 12h"));
    }

    @Test
    void anotherTimeToRenew() {
        ShadowField field = field(compared(shadow, discover(), offer(d -> d.options.put(OptionCode.T1, 600))));
        assertThat(field).isEqualTo(new ShadowField("renew-after", "10m", "30m", "set renew-after: 10m"));
    }

    @Test
    void aBootFileAndANameThatAreNotConfigured() {
        ShadowDifference found = compared(shadow, discover(), offer(d -> {
            d.file = "pxelinux.0";
            d.siaddr = REAL;
            d.options.putText(OptionCode.HOST_NAME, "desk");
        }));
        assertThat(found.fields()).extracting(ShadowField::field).contains("boot-file", "next-server", "hostname");
        assertThat(found.fields().getFirst().meaning()).isEqualTo("set boot: {file: pxelinux.0}");
    }

    @Test
    void aClientThatIsToldItsOwnNameAgain() {
        ShadowDifference found =
                compared(shadow, discover(), offer(d -> d.options.putText(OptionCode.HOST_NAME, "Laptop")));
        assertThat(found.hostname()).isEqualTo("laptop");
        assertThat(found.fields()).isEmpty();
    }

    @Test
    void addressesOfPoolsMayDiffer() {
        int theirs = ip("192.168.1.120");
        ShadowField field = field(compared(shadow, discover(), granted(OFFER, theirs, REAL, d -> {})));
        assertThat(field.field()).isEqualTo("address");
        assertThat(field.real()).isEqualTo("192.168.1.120");
        assertThat(field.ours()).isEqualTo("192.168.1.150");
        assertThat(field.meaning()).startsWith("both come from pools");
        shadow.look(selecting(theirs), BROADCAST, T0 + 10);
        shadow.look(granted(ACK, theirs, REAL, d -> {}), FROM_REAL, T0 + 15);
        assertThat(only(shadow).fields())
                .as("what the real server gave would be given by us")
                .isEmpty();
    }

    @Test
    void anAddressOutsideOurPoolsNeedsAReservation() {
        int theirs = ip("192.168.1.20");
        ShadowField offered = field(compared(shadow, discover(), granted(OFFER, theirs, REAL, d -> {})));
        assertThat(offered.meaning())
                .contains("no pool of yours has 192.168.1.20")
                .contains("{mac: \"" + MAC + "\", address: 192.168.1.20}");
        shadow.look(selecting(theirs), BROADCAST, T0 + 10);
        shadow.look(granted(ACK, theirs, REAL, d -> {}), FROM_REAL, T0 + 15);
        ShadowField refused = field(only(shadow));
        assertThat(refused.field()).isEqualTo("message");
        assertThat(refused.real()).isEqualTo("ACK 192.168.1.20");
        assertThat(refused.ours()).isEqualTo("NAK");
        assertThat(refused.meaning()).startsWith("we would say no").contains("add a reservation");
    }

    @Test
    void aReservationOfOursThatTheRealServerDoesNotKnow() {
        Shadow reserving = shadow(Map.of(), List.of(reserved(MAC, "192.168.1.9")), Plan.Access.EVERYBODY);
        ShadowField field = field(compared(reserving, discover(), offer(d -> {})));
        assertThat(field.meaning()).contains("reserves 192.168.1.9 for this client");
    }

    @Test
    void anAddressThatWeReserveForSomebodyElse() {
        Shadow reserving = shadow(Map.of(), List.of(reserved(mac(77), "192.168.1.10")), Plan.Access.EVERYBODY);
        int theirs = ip("192.168.1.10");
        ShadowField field = field(compared(reserving, discover(), granted(OFFER, theirs, REAL, d -> {})));
        assertThat(field.meaning()).contains("for somebody else");
    }

    @Test
    void aNoOfTheRealServer() {
        DhcpMessage reboot = request(REQUEST, d -> d.options.put(OptionCode.REQUESTED_ADDRESS, ADDRESS));
        ShadowField field = field(compared(shadow, reboot, reply(NAK, d -> d.options.put(OptionCode.SERVER_ID, REAL))));
        assertThat(field.real()).isEqualTo("NAK");
        assertThat(field.ours()).isEqualTo("ACK 192.168.1.150");
        assertThat(field.meaning()).contains("the real server says no");
    }

    // ---- silence

    @Test
    void theSilenceOfTheRealServerIsNotCountedAsADifference() {
        shadow.look(discover(), BROADCAST, T0);
        shadow.tick(T0 + Shadow.SILENCE_MS - 1);
        assertThat(shadow.clients()).isEmpty();
        shadow.tick(T0 + Shadow.SILENCE_MS);
        assertThat(only(shadow).real()).isEqualTo("not seen");
        assertThat(field(only(shadow)).meaning()).contains("cannot be heard from here");
        assertThat(shadow.report().messages()).containsEntry("DISCOVER", new ShadowReport.Count(0, 0, 1));
    }

    @Test
    void anOfferThatWasNotSeenIsKnownByWhatTheClientAsksFor() {
        shadow.look(discover(), BROADCAST, T0);
        shadow.look(selecting(ip("192.168.1.120")), BROADCAST, T0 + 10);
        assertThat(only(shadow).asked()).isEqualTo("DISCOVER");
        assertThat(only(shadow).real()).startsWith("OFFER 192.168.1.120 (not seen");
        assertThat(only(shadow).server()).isEqualTo("192.168.1.1");
        assertThat(field(only(shadow)).field()).isEqualTo("address");
        shadow.tick(T0 + 60_000);
        assertThat(shadow.report().messages().get("DISCOVER")).isEqualTo(new ShadowReport.Count(0, 1, 0));
    }

    @Test
    void aReplyToNothingIsCounted() {
        shadow.look(offer(d -> {}), FROM_REAL, T0);
        assertThat(shadow.report().unmatched()).isEqualTo(1);
        assertThat(shadow.clients()).isEmpty();
    }

    @Test
    void theSecondAnswerCountsNotAgain() {
        compared(shadow, discover(), offer(d -> {}));
        shadow.look(offer(d -> d.yiaddr = 1), FROM_REAL, T0 + 6);
        assertThat(shadow.report().messages()).containsEntry("DISCOVER", new ShadowReport.Count(1, 0, 0));
    }

    // ---- the scratch book

    @Test
    void whatTheRealServerGivesToAnotherIsNotOursToKeep() {
        compared(shadow, discover(), offer(d -> {}));
        shadow.look(selecting(ADDRESS), BROADCAST, T0 + 10);
        shadow.look(granted(ACK, ADDRESS, REAL, d -> {}), FROM_REAL, T0 + 15);
        // The real server forgets the lease and gives the address to another client.
        DhcpMessage other = request(DISCOVER, d -> d.chaddr = mac(2));
        shadow.look(other, BROADCAST, T0 + 20);
        shadow.look(granted(OFFER, ADDRESS, REAL, d -> d.chaddr = mac(2)), FROM_REAL, T0 + 25);
        DhcpMessage chosen = request(REQUEST, d -> {
            d.chaddr = mac(2);
            d.options.put(OptionCode.SERVER_ID, REAL);
            d.options.put(OptionCode.REQUESTED_ADDRESS, ADDRESS);
        });
        shadow.look(chosen, BROADCAST, T0 + 30);
        shadow.look(granted(ACK, ADDRESS, REAL, d -> d.chaddr = mac(2)), FROM_REAL, T0 + 35);
        DhcpMessage renew = request(REQUEST, d -> {
            d.chaddr = mac(2);
            d.ciaddr = ADDRESS;
        });
        shadow.look(renew, new Arrival(ETH0, ADDRESS, 68, REAL), T0 + 40);
        shadow.look(granted(ACK, ADDRESS, REAL, d -> d.chaddr = mac(2)), FROM_REAL, T0 + 45);
        assertThat(shadow.of(mac(2), T0)).isNotNull().matches(ShadowDifference::agrees);
    }

    @Test
    void aReleasedAddressIsFreeForUsToo() {
        compared(shadow, discover(), offer(d -> {}));
        shadow.look(selecting(ADDRESS), BROADCAST, T0 + 10);
        shadow.look(granted(ACK, ADDRESS, REAL, d -> {}), FROM_REAL, T0 + 15);
        DhcpMessage release = request(RELEASE, d -> {
            d.ciaddr = ADDRESS;
            d.options.put(OptionCode.SERVER_ID, REAL);
        });
        shadow.look(release, new Arrival(ETH0, ADDRESS, 68, REAL), T0 + 20);
        DhcpMessage other = request(DISCOVER, d -> {
            d.chaddr = mac(2);
            d.options.put(OptionCode.REQUESTED_ADDRESS, ADDRESS);
        });
        shadow.look(other, BROADCAST, T0 + 25);
        shadow.look(granted(OFFER, ADDRESS, REAL, d -> d.chaddr = mac(2)), FROM_REAL, T0 + 30);
        assertThat(shadow.of(mac(2), T0)).isNotNull().matches(ShadowDifference::agrees);
    }

    // ---- bounds

    @Test
    void everythingIsBounded() {
        BindingBook book = new BindingBook(1_000, 1);
        Plan plan = Shadow.scratch(ModesKit.plan(Map.of(), List.of(), Plan.Access.EVERYBODY));
        Shadow shadow = new Shadow(new DhcpEngine(book, plan), T0);
        for (int i = 0; i < ShadowResults.MAX_CLIENTS + 100; i++) {
            MacAddress client = mac(i);
            int address = ip("172.16.0.0") + i;
            shadow.look(
                    request(REQUEST, d -> {
                        d.chaddr = client;
                        d.options.put(OptionCode.REQUESTED_ADDRESS, address);
                    }),
                    BROADCAST,
                    T0);
            shadow.look(granted(ACK, address, REAL, d -> d.chaddr = client), FROM_REAL, T0);
        }
        ShadowReport report = shadow.report();
        assertThat(report.clients()).isEqualTo(ShadowResults.MAX_CLIENTS);
        assertThat(report.differences()).hasSize(ShadowResults.MAX_DIFFERENCES);
        assertThat(report.differences().getFirst().mac())
                .isEqualTo(mac(ShadowResults.MAX_CLIENTS + 99).toString());
        assertThat(report.forgotten()).isPositive();
        assertThat(book.size()).isEqualTo(Shadow.MAX_OUTSIDE);
    }

    @Test
    void theSameDifferenceOfAClientStandsOnce() {
        for (int i = 0; i < 5; i++) {
            long at = T0 + i * 60_000L;
            shadow.look(discover(), BROADCAST, at);
            shadow.look(offer(d -> d.options.put(OptionCode.LEASE_TIME, 43_200)), FROM_REAL, at + 5);
        }
        assertThat(shadow.report().differences()).hasSize(1);
        assertThat(shadow.report().fields()).containsEntry("lifetime", 5L);
    }

    @Test
    void theReportIsJson() {
        compared(shadow, discover(), offer(d -> d.options.put(OptionCode.LEASE_TIME, 43_200)));
        assertThat(Json.write(shadow.report()))
                .startsWith(
                        "{\"since\":\"2027-01-15T08:00:00Z\",\"messages\":{\"DISCOVER\":{\"agreed\":0,\"differed\":1,")
                .contains("\"fields\":[{\"field\":\"lifetime\",\"real\":\"12h\",\"ours\":\"1h\",");
    }

    @Test
    void arbitraryMessagesNeverThrow() {
        Property.check(300, s -> {
            Shadow any = shadow(Map.of(), List.of(reserved(mac(1), "192.168.1.101")), Plan.Access.EVERYBODY);
            long now = T0;
            for (int i = 0; i < 60; i++) {
                now += s.pick(0, 1, 1_000, 3_600_000, -5_000);
                any.look(ModesKit.any(s), ModesKit.arrival(s), now);
            }
            Json.write(any.report());
        });
    }
}
