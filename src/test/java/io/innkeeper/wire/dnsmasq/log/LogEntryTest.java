package io.innkeeper.wire.dnsmasq.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.dnsmasq.log.LogEntry.AnswerLine;
import io.innkeeper.wire.dnsmasq.log.LogEntry.DhcpDetail;
import io.innkeeper.wire.dnsmasq.log.LogEntry.DhcpLine;
import io.innkeeper.wire.dnsmasq.log.LogEntry.DhcpTrouble;
import io.innkeeper.wire.dnsmasq.log.LogEntry.Other;
import io.innkeeper.wire.dnsmasq.log.LogEntry.QueryLine;
import io.innkeeper.wire.dnsmasq.log.LogEntry.TftpLine;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogEntryTest {
    private static final String DUID = "00:01:00:01:2b:3c:4d:5e:3c:d9:2b:00:00:01";
    private static final MacAddress MAC = mac("3c:d9:2b:00:00:01");

    private static LogEntry dhcp(String message) {
        return LogEntry.parse(message, LogProgram.DHCP);
    }

    private static LogEntry dns(String message) {
        return LogEntry.parse(message, LogProgram.DNS);
    }

    private static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    private static MacAddress mac(String text) {
        return MacAddress.parse(text).orElseThrow();
    }

    private static DhcpLine v4(
            long xid, DhcpKind kind, @Nullable String address, @Nullable String hostname, @Nullable String reason) {
        return new DhcpLine(xid, kind, "lan", address == null ? null : ip(address), MAC, null, hostname, reason);
    }

    private static DhcpLine v6(
            DhcpKind kind, @Nullable String address, @Nullable String hostname, @Nullable String reason) {
        ClientId duid = ClientId.parse(DUID).orElseThrow();
        return new DhcpLine(-1, kind, "lan", address == null ? null : ip(address), null, duid, hostname, reason);
    }

    @Test
    void messagesOfDhcp() {
        assertThat(dhcp("DHCPDISCOVER(lan) 3c:d9:2b:00:00:01 ")).isEqualTo(v4(-1, DhcpKind.DISCOVER, null, null, null));
        assertThat(dhcp("DHCPDISCOVER(lan) 3c:d9:2b:00:00:01 no address available"))
                .isEqualTo(v4(-1, DhcpKind.DISCOVER, null, null, "no address available"));
        assertThat(dhcp("DHCPDISCOVER(lan) 192.168.77.77 3c:d9:2b:00:00:01 ignored"))
                .isEqualTo(v4(-1, DhcpKind.DISCOVER, "192.168.77.77", null, "ignored"));
        assertThat(dhcp("4294967295 DHCPACK(lan) 192.168.77.9 3c:d9:2b:00:00:01 laptop"))
                .isEqualTo(v4(4_294_967_295L, DhcpKind.ACK, "192.168.77.9", "laptop", null));
        assertThat(dhcp("0 DHCPOFFER(lan) 192.168.77.9 3c:d9:2b:00:00:01 "))
                .isEqualTo(v4(0, DhcpKind.OFFER, "192.168.77.9", null, null));
        assertThat(dhcp("DHCPLEASEQUERY(lan) 3c:d9:2b:00:00:01 from 192.168.1.3"))
                .isEqualTo(v4(-1, DhcpKind.LEASEQUERY, null, null, "from 192.168.1.3"));
        assertThat(dhcp("PXE(lan) 3c:d9:2b:00:00:01 proxy")).isEqualTo(v4(-1, DhcpKind.PXE, null, null, "proxy"));
        assertThat(dhcp("DHCPLEASEUNKNOWN(lan) 192.168.1.9 <null> "))
                .isEqualTo(new DhcpLine(-1, DhcpKind.LEASEUNKNOWN, "lan", ip("192.168.1.9"), null, null, null, null));
    }

    @Test
    void blanksAtTheEndAreNothing() {
        assertThat(dhcp(" DHCPACK(lan) 192.168.77.9 3c:d9:2b:00:00:01 laptop  "))
                .isEqualTo(v4(-1, DhcpKind.ACK, "192.168.77.9", "laptop", null));
        assertThat(dns(" query[A] a from 10.0.0.1 ")).isEqualTo(dns("query[A] a from 10.0.0.1"));
    }

    @Test
    void messagesOfDhcpV6() {
        assertThat(dhcp("DHCPSOLICIT(lan) " + DUID + " ")).isEqualTo(v6(DhcpKind.SOLICIT, null, null, null));
        assertThat(dhcp("DHCPREPLY(lan) fd00:77::103 " + DUID + " host1"))
                .isEqualTo(v6(DhcpKind.REPLY, "fd00:77::103", "host1", null));
        assertThat(dhcp("DHCPREPLY(lan) fd00:77::103 " + DUID + " lease not found"))
                .isEqualTo(v6(DhcpKind.REPLY, "fd00:77::103", null, "lease not found"));
        assertThat(dhcp("DHCPREQUEST(lan) " + DUID + " ")).isEqualTo(v6(DhcpKind.REQUEST, null, null, null));
        assertThat(dhcp("DHCPRELEASE(lan) fd00:77::103 " + DUID))
                .isEqualTo(v6(DhcpKind.RELEASE, "fd00:77::103", null, null));
        // A DUID of eight octets looks like an address, and an address like a DUID.
        assertThat(((DhcpLine) dhcp("DHCPSOLICIT(lan) 00:03:00:01:aa:bb:cc:dd")).duid())
                .hasToString("00:03:00:01:aa:bb:cc:dd");
        assertThat(dhcp("DHCPREPLY(lan) 2a:10:20:30:40:50:60:70 " + DUID))
                .isEqualTo(v6(DhcpKind.REPLY, "2a:10:20:30:40:50:60:70", null, null));
    }

    @Test
    void whatIsOfV6() {
        assertThat(((DhcpLine) dhcp("DHCPREQUEST(lan) " + DUID)).v6()).isTrue();
        assertThat(((DhcpLine) dhcp("DHCPREQUEST(lan) 192.168.77.9 3c:d9:2b:00:00:01")).v6())
                .isFalse();
        assertThat(((DhcpLine) dhcp("RTR-SOLICIT(lan) 3c:d9:2b:00:00:01")).v6()).isTrue();
        assertThat(dhcp("RTR-SOLICIT(lan) 3c:d9:2b:00:00:01"))
                .isEqualTo(v4(-1, DhcpKind.RTR_SOLICIT, null, null, null));
        assertThat(dhcp("RTR-ADVERT(lan) fd00:77:: old prefix"))
                .isEqualTo(
                        new DhcpLine(-1, DhcpKind.RTR_ADVERT, "lan", ip("fd00:77::"), null, null, null, "old prefix"));
        assertThat(dhcp("SLAAC-CONFIRM(lan) fd00:77::1234 laptop"))
                .isEqualTo(new DhcpLine(
                        -1, DhcpKind.SLAAC_CONFIRM, "lan", ip("fd00:77::1234"), null, null, "laptop", null));
    }

    @ParameterizedTest
    @EnumSource(DhcpKind.class)
    void eachKindIsKnownByItsWord(DhcpKind kind) {
        assertThat(((DhcpLine) dhcp(kind.word() + "(eth0.12) 10.0.0.1 3c:d9:2b:00:00:01")).kind())
                .isEqualTo(kind);
        assertThat(dhcp(kind.word() + "X(eth0)")).isInstanceOf(Other.class);
        assertThat(dhcp(kind.word().substring(1) + "(eth0)")).isInstanceOf(Other.class);
        assertThat(dhcp(kind.word() + " eth0")).isInstanceOf(Other.class);
        assertThat(dhcp(kind.word() + "(eth0")).isInstanceOf(Other.class);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            DHCPNAK(lan) 192.168.77.9 3c:d9:2b:00:00:01 wrong network,        REFUSED
            DHCPNAK(lan) 192.168.77.9 3c:d9:2b:00:00:01,                      REFUSED
            DHCPNAK(lan) 192.168.77.9 3c:d9:2b:00:00:01 no leases left,       STORE
            DHCPDECLINE(lan) 192.168.77.9 3c:d9:2b:00:00:01,                  DECLINED
            DHCPDECLINE(lan) 192.168.77.9 3c:d9:2b:00:00:01 somebody there,   DECLINED
            DHCPDISCOVER(lan) 3c:d9:2b:00:00:01 no address available,         NO_ADDRESS
            DHCPDISCOVER(lan) 3c:d9:2b:00:00:01 ignored,                      IGNORED
            DHCPADVERTISE(lan) 00:01:00:01:2b:3c no addresses available,      NO_ADDRESS
            DHCPRELEASE(lan) 192.168.77.9 3c:d9:2b:00:00:01 unknown lease,    UNKNOWN_LEASE
            DHCPDISCOVER(lan) 3c:d9:2b:00:00:01,
            DHCPACK(lan) 192.168.77.9 3c:d9:2b:00:00:01 ignored,
            """)
    void reasonsThatAreTroubles(String message, @Nullable Trouble trouble) {
        assertThat(((DhcpLine) dhcp(message)).trouble()).isEqualTo(trouble);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            available DHCP range: 10.0.0.1 -- 10.0.0.9                    | AVAILABLE_RANGE   | 10.0.0.1 -- 10.0.0.9
            available DHCP subnet: 10.0.0.0/255.0.0.0                     | AVAILABLE_SUBNET  | 10.0.0.0/255.0.0.0
            vendor class: MSFT 5.0                                        | VENDOR_CLASS      | MSFT 5.0
            vendor class: 311                                             | VENDOR_CLASS      | 311
            user class: iPXE                                              | USER_CLASS        | iPXE
            client provides name: lap top                                 | CLIENT_NAME       | lap top
            client MAC address: 3c:d9:2b:00:00:01                         | CLIENT_MAC        | 3c:d9:2b:00:00:01
            requested options: 1:netmask, 3:router, 252                   | REQUESTED_OPTIONS | 1:netmask, 3:router, 252
            tags: known, lan                                              | TAGS              | known, lan
            bootfile name: pxelinux.0                                     | BOOT_FILE         | pxelinux.0
            server name: boothost                                         | SERVER_NAME       | boothost
            next server: 10.0.0.1                                         | NEXT_SERVER       | 10.0.0.1
            broadcast response                                            | BROADCAST         | ''
            reply delay: 2                                                | OTHER             | reply delay: 2
            sent size:                                                    | OTHER             | sent size:
            sent size:  4 option: x                                       | OTHER             | sent size:  4 option: x
            cannot determine client MAC address                           | OTHER             | cannot determine client MAC address
            """)
    void detailsOfATransaction(String message, DhcpTopic topic, String text) {
        assertThat(dhcp("77 " + message)).isEqualTo(new DhcpDetail(77, topic, text, -1, ""));
        assertThat(dhcp(message)).isInstanceOf(Other.class);
    }

    @Test
    void optionsThatAreSent() {
        assertThat(dhcp("16 sent size:  4 option: 51 lease-time  1h30m"))
                .isEqualTo(new DhcpDetail(16, DhcpTopic.SENT_OPTION, "1h30m", 51, "lease-time"));
        assertThat(dhcp("16 sent size: 18 option:119 domain-search  03:6c:61..."))
                .isEqualTo(new DhcpDetail(16, DhcpTopic.SENT_OPTION, "03:6c:61...", 119, "domain-search"));
        assertThat(dhcp("16 sent size:  3 option:224   01:02:03"))
                .isEqualTo(new DhcpDetail(16, DhcpTopic.SENT_OPTION, "01:02:03", 224, ""));
        assertThat(dhcp("16 sent size:  0 option: 80 rapid-commit  "))
                .isEqualTo(new DhcpDetail(16, DhcpTopic.SENT_OPTION, "", 80, "rapid-commit"));
        assertThat(dhcp("16 sent size:  0 option:224"))
                .isEqualTo(new DhcpDetail(16, DhcpTopic.SENT_OPTION, "", 224, ""));
        assertThat(dhcp("16 nest size: 24 option:  5 iaaddr  fd00:77::103 PL=120 VL=120"))
                .isEqualTo(new DhcpDetail(16, DhcpTopic.NESTED_OPTION, "fd00:77::103 PL=120 VL=120", 5, "iaaddr"));
    }

    @Test
    void troubles() {
        assertThat(dhcp("not using configured address 10.0.0.6 because it is leased to 3c:d9:2b:00:00:01"))
                .isEqualTo(new DhcpTrouble(
                        -1,
                        Trouble.RESERVED_LEASED,
                        ip("10.0.0.6"),
                        MAC,
                        null,
                        null,
                        "not using configured address 10.0.0.6 because it is leased to 3c:d9:2b:00:00:01"));
        assertThat(dhcp("abandoning lease to 3c:d9:2b:00:00:01 of 10.0.0.6"))
                .isEqualTo(new DhcpTrouble(
                        -1,
                        Trouble.LEASE_ABANDONED,
                        ip("10.0.0.6"),
                        MAC,
                        null,
                        null,
                        "abandoning lease to 3c:d9:2b:00:00:01 of 10.0.0.6"));
        assertThat(dhcp("5 no address range available for DHCP request via eth0"))
                .isEqualTo(new DhcpTrouble(
                        5,
                        Trouble.NO_RANGE,
                        null,
                        null,
                        null,
                        "eth0",
                        "no address range available for DHCP request via eth0"));
        String taken =
                "not giving name nas.lan to the DHCP lease of 10.0.0.6 because the name exists in /etc/hosts with address 10.0.0.7";
        assertThat(dns(taken))
                .isEqualTo(new DhcpTrouble(-1, Trouble.NAME_TAKEN, ip("10.0.0.6"), null, "nas.lan", null, taken));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            no address range available for DHCP request with subnet selector 172.17.5.0        | NO_RANGE
            no address range available for DHCPv6 request from relay at fd00::1                | NO_RANGE
            no address range available for DHCPv6 request via eth0                             | NO_RANGE
            not using configured address 10.0.0.6 because it is in use by the server or relay  | RESERVED_IN_USE
            not using configured address 10.0.0.6 because it was previously declined           | RESERVED_DECLINED
            disabling DHCP static address 10.0.0.6 for 10m                                     | RESERVED_DECLINED
            alias.lan is a CNAME, not giving it to the DHCP lease of 10.0.0.6                  | NAME_TAKEN
            Ignoring domain other.org for DHCP host name web                                   | NAME_REFUSED
            DHCP packet received on eth1 which has no address                                  | NO_INTERFACE_ADDRESS
            Error sending DHCP packet to 10.0.0.6: Network is unreachable                      | SEND_FAILED
            cannot send DHCP/BOOTP option 121: no space left in packet                         | NO_ROOM
            failed to write /var/lib/misc/dnsmasq.leases: No space left (retry in 60 s)        | STORE
            leasequery from 10.0.0.9 not permitted                                             | LEASEQUERY_REFUSED
            duplicate IP address 10.0.0.6 (nas) in dhcp-config directive                       | DUPLICATE
            overflow: 17 log entries lost                                                      | LINES_LOST
            """)
    void otherTroubles(String message, Trouble trouble) {
        assertThat(((DhcpTrouble) dhcp(message)).what()).isEqualTo(trouble);
        assertThat(((DhcpTrouble) dns(message)).text()).isEqualTo(message);
        assertThat(dhcp("x" + message)).isNotEqualTo(dhcp(message));
    }

    @Test
    void questions() {
        assertThat(dns("query[A] example.com from 192.168.1.9"))
                .isEqualTo(new QueryLine(-1, "A", "example.com", ip("192.168.1.9"), -1, null, false));
        assertThat(dns("12 192.168.1.9/53124 query[AAAA] example.com from 192.168.1.9"))
                .isEqualTo(new QueryLine(12, "AAAA", "example.com", ip("192.168.1.9"), 53_124, null, false));
        assertThat(dns("UDP 12 fd00::9/53124 query[type=4711] . from fd00::9"))
                .isEqualTo(new QueryLine(12, "TYPE4711", ".", ip("fd00::9"), 53_124, "UDP", false));
        assertThat(dns("12 TCP fe80::1%eth0/1 query[HTTPS] a b from fe80::1%eth0"))
                .isEqualTo(new QueryLine(12, "HTTPS", "a b", ip("fe80::1"), 1, "TCP", false));
        assertThat(dns("auth[SOA] example.com from 192.168.1.9"))
                .isEqualTo(new QueryLine(-1, "SOA", "example.com", ip("192.168.1.9"), -1, null, true));
        assertThat(dns("query[A] from from from from x"))
                .isEqualTo(new QueryLine(-1, "A", "from from from", null, -1, null, false));
    }

    private static AnswerLine answer(AnswerSource source, String name, String value, @Nullable String note) {
        return new AnswerLine(-1, source, null, name, value, note, null, -1, null);
    }

    @Test
    void answers() {
        assertThat(dns("forwarded example.com to 1.1.1.1#5353"))
                .isEqualTo(answer(AnswerSource.FORWARDED, "example.com", "1.1.1.1#5353", null));
        assertThat(dns("reply example.com is <CNAME>"))
                .isEqualTo(answer(AnswerSource.REPLY, "example.com", "<CNAME>", null));
        assertThat(dns("reply txt.example.com is v=spf1 is -all"))
                .isEqualTo(answer(AnswerSource.REPLY, "txt.example.com", "v=spf1 is -all", null));
        assertThat(dns("reply is truncated")).isEqualTo(answer(AnswerSource.REPLY, "", "truncated", null));
        assertThat(dns("cached example.com is NODATA-IPv6"))
                .isEqualTo(answer(AnswerSource.CACHED, "example.com", "NODATA-IPv6", null));
        assertThat(dns("cached-stale example.com is 1.2.3.4"))
                .isEqualTo(answer(AnswerSource.CACHED_STALE, "example.com", "1.2.3.4", null));
        assertThat(dns("config error is REFUSED (EDE: not ready)"))
                .isEqualTo(answer(AnswerSource.CONFIG, "error", "REFUSED", "EDE: not ready"));
        assertThat(dns("DHCP 192.168.1.9 is laptop.lan"))
                .isEqualTo(answer(AnswerSource.DHCP, "192.168.1.9", "laptop.lan", null));
        assertThat(dns("auth example.com is <SOA>")).isEqualTo(answer(AnswerSource.AUTH, "example.com", "<SOA>", null));
        assertThat(dns("validation result is BOGUS (EDE: DNSSEC bogus)"))
                .isEqualTo(answer(AnswerSource.VALIDATION, "result", "BOGUS", "EDE: DNSSEC bogus"));
        assertThat(dns("dnssec-query[DS] example.com to 1.1.1.1"))
                .isEqualTo(answer(AnswerSource.DNSSEC_QUERY, "example.com", "1.1.1.1", null));
        assertThat(dns("12 192.168.1.9/53124 /etc/my hosts nas.lan is 10.0.0.7"))
                .isEqualTo(new AnswerLine(
                        12,
                        AnswerSource.HOSTS,
                        "/etc/my hosts",
                        "nas.lan",
                        "10.0.0.7",
                        null,
                        ip("192.168.1.9"),
                        53_124,
                        null));
        assertThat(dns("ipset add vpn 1.2.3.4 example.com"))
                .isEqualTo(new AnswerLine(
                        -1, AnswerSource.FIREWALL_SET, "vpn", "example.com", "1.2.3.4", null, null, -1, null));
        assertThat(dns("gravity blocked ads.example.com is 0.0.0.0"))
                .isEqualTo(new AnswerLine(
                        -1,
                        AnswerSource.BLOCKED,
                        "gravity blocked",
                        "ads.example.com",
                        "0.0.0.0",
                        null,
                        null,
                        -1,
                        null));
        assertThat(dns("13 dnssec-query[DNSKEY] . to 1.1.1.1"))
                .isEqualTo(new AnswerLine(13, AnswerSource.DNSSEC_QUERY, null, ".", "1.1.1.1", null, null, -1, null));
    }

    @Test
    void filesByTftp() {
        assertThat(LogEntry.parse("sent /srv/my files/a to 10.0.0.1", LogProgram.TFTP))
                .isEqualTo(new TftpLine(TftpLine.Outcome.SENT, "/srv/my files/a", ip("10.0.0.1")));
        assertThat(LogEntry.parse("failed sending /srv/a to 10.0.0.1", LogProgram.TFTP))
                .isEqualTo(new TftpLine(TftpLine.Outcome.FAILED, "/srv/a", ip("10.0.0.1")));
        assertThat(LogEntry.parse("file /srv/a not found for fd00::1", LogProgram.TFTP))
                .isEqualTo(new TftpLine(TftpLine.Outcome.NOT_FOUND, "/srv/a", ip("fd00::1")));
        assertThat(LogEntry.parse("TFTP root is /srv", LogProgram.TFTP)).isEqualTo(new Other("TFTP root is /srv"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "12",
                "12 ",
                "4294967296 DHCPACK(lan)",
                "DHCP relay from 10.0.0.1 to 10.0.0.2",
                "query[A",
                "query[A] x",
                "reply",
                "reply ",
                "reply x",
                "is ",
                "/etc/hosts is",
                "1 /",
                "12 /1 x",
                "UDP ",
                "ipset add x",
                "auth",
                "dnssec-query["
            })
    void whatIsCutOrUnknownIsOther(String message) {
        assertThat(dns(message)).isEqualTo(new Other(message.strip()));
        assertThat(dhcp(message)).isInstanceOfAny(Other.class, DhcpDetail.class);
    }

    @Test
    void whatActsInsteadOfBeingSeenIsShown() {
        assertThat(((DhcpLine) dhcp("DHCPACK(lan) 192.168.77.9 3c:d9:2b:00:00:01 lap\u0007top")).hostname())
                .isEqualTo("lap\\x07top");
    }
}
