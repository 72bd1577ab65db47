package io.innkeeper.wire.dnsmasq;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.property.Property;
import io.innkeeper.property.Samples;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseFileTest {
    /** One of every form, as dnsmasq 2.92 writes them. */
    private static final String ALL_FORMS = """
            1700003600 aa:bb:cc:dd:ee:ff 192.168.1.10 laptop 01:aa:bb:cc:dd:ee:ff
            0 11:22:33:44:55:66 192.168.1.11 * *
            1700003601 06-00:20:e0:3b:13:af 192.168.1.12 token-ring ff:00:01
            1700003602 20-80:00:02:08:fe:80:00:00:00:00:00:00:00:02:c9:03 192.168.1.13 ib *
            1700003603 00- 192.168.1.14 modem 00:6d:6f:64:65:6d
            4294967295 11:22:33:44:55:67 192.168.1.15 clockless *
            43200 11:22:33:44:55:68 192.168.1.16 length *
            duid 00:01:00:01:2c:aa:bb:cc:00:16:3e:11:22:33
            1700003604 12345678 fd00::10 laptop 00:03:00:01:aa:bb:cc:dd:ee:ff
            1700003605 T87654321 fd00::abcd * 00:04:8f:6b
            agent-info 192.168.1.10 01:04:65:74:68:30
            vendorclass 192.168.1.10 4d:53:46:54
            """;

    private static LeaseFileContent parse(String text) {
        return LeaseFile.parse(text.getBytes(ISO_8859_1));
    }

    private static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    /** The one lease of one line, in words. */
    private static String lease(String line) {
        LeaseFileContent content = parse(line + "\n");
        assertThat(content.rejected()).isEmpty();
        assertThat(content.leases()).hasSize(1);
        return words(content.leases().getFirst());
    }

    private static String words(LeaseLine lease) {
        String end = lease.isInfinite() ? "for ever" : (lease.isLength() ? "for " : "until ") + lease.expires();
        String iaid = lease.iaid() == null ? "" : " iaid " + lease.iaid() + (lease.temporary() ? " temporary" : "");
        return end + " " + lease.mac() + " " + lease.address() + " '" + lease.name() + "' " + lease.clientId() + iaid;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1700003600 aa:bb:cc:dd:ee:ff 192.168.1.10 laptop 01:02 | until 1700003600 aa:bb:cc:dd:ee:ff 192.168.1.10 'laptop' 01:02",
                "1700003600 AA:BB:CC:DD:EE:FF 192.168.1.10 Laptop *     | until 1700003600 aa:bb:cc:dd:ee:ff 192.168.1.10 'Laptop' null",
                "0 11:22:33:44:55:66 10.0.0.1 * *                       | for ever 11:22:33:44:55:66 10.0.0.1 'null' null",
                "4294967295 11:22:33:44:55:66 10.0.0.1 * *              | for ever 11:22:33:44:55:66 10.0.0.1 'null' null",
                "43200 11:22:33:44:55:66 10.0.0.1 * *                   | for 43200 11:22:33:44:55:66 10.0.0.1 'null' null",
                "1700003600 06-00:20:e0:3b:13:af 10.0.0.1 tr *          | until 1700003600 06-00:20:e0:3b:13:af 10.0.0.1 'tr' null",
                "1700003600 20-80:00:02:08 10.0.0.1 ib ff:01            | until 1700003600 20-80:00:02:08 10.0.0.1 'ib' ff:01",
                "1700003600 00- 10.0.0.1 modem 00:01                    | until 1700003600 null 10.0.0.1 'modem' 00:01",
                "1700003600 06- 10.0.0.1 * *                            | until 1700003600 null 10.0.0.1 'null' null",
                "1700003600 11:22:33:44:55:66 10.0.0.1 old              | until 1700003600 11:22:33:44:55:66 10.0.0.1 'old' null",
                "1700003600 11:22:33:44:55:66 10.0.0.1 two words 01:02  | until 1700003600 11:22:33:44:55:66 10.0.0.1 'two words' 01:02",
                "1700003600 11:22:33:44:55:66 10.0.0.1 a *  b *         | until 1700003600 11:22:33:44:55:66 10.0.0.1 'a *  b' null",
                "1700003600 77 fd00::1 * 00:04:aa                       | until 1700003600 null fd00::1 'null' 00:04:aa iaid 77",
                "1700003600 T4294967295 fd00::1 v6 *                    | until 1700003600 null fd00::1 'v6' null iaid 4294967295 temporary",
                "1700003600 0 FD00:0:0:0:0:0:0:1 v6 *                   | until 1700003600 null fd00::1 'v6' null iaid 0",
            })
    void everyFormOfLine(String line, String expected) {
        assertThat(lease(line)).isEqualTo(expected);
    }

    @Test
    void aWholeFile() {
        LeaseFileContent content = parse(ALL_FORMS);
        assertThat(content.leases()).hasSize(9);
        assertThat(content.rejectedCount()).isZero();
        assertThat(content.partial()).isFalse();
        assertThat(content.serverDuid()).hasToString("00:01:00:01:2c:aa:bb:cc:00:16:3e:11:22:33");
        assertThat(content.extras())
                .isEqualTo(Map.of(
                        ip("192.168.1.10"), Map.of("agent-info", "01:04:65:74:68:30", "vendorclass", "4d:53:46:54")));
        assertThat(new String(LeaseFile.write(content), UTF_8)).isEqualTo(ALL_FORMS);
    }

    @Test
    void anEmptyFileHasNothing() {
        assertThat(parse("")).isEqualTo(LeaseFileContent.EMPTY);
        assertThat(parse("\n\r\n  \n")).isEqualTo(LeaseFileContent.EMPTY);
    }

    @Test
    void linesMayEndAsOnWindows() {
        assertThat(parse(ALL_FORMS.replace("\n", "\r\n"))).isEqualTo(parse(ALL_FORMS));
    }

    @Test
    void namesOfAnyOctetsBecomePrintable() {
        String start = "1700003600 11:22:33:44:55:66 10.0.0.1 ";
        assertThat(lease(start + new String("küche".getBytes(UTF_8), ISO_8859_1) + " *"))
                .contains("'küche'");
        assertThat(lease(start + "\u00ff\u0001 *")).contains("'\\xff\\x01'");
        assertThat(lease(start + "a\u0000b *")).contains("'a\\x00b'");
        assertThat(lease(start + "\u001b[31mred *")).contains("'\\x1b[31mred'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x 11:22:33:44:55:66 10.0.0.1 * *                   | the first field is not a time",
                "-1 11:22:33:44:55:66 10.0.0.1 * *                  | the first field is not a time",
                "1234567890123456789 11:22:33:44:55:66 10.0.0.1 * * | the first field is not a time",
                "1 11:22:33:44:55:66 10.0.0.256 * *                 | the third field is not an address",
                "1 11:22:33:44:55:66 somewhere * *                  | the third field is not an address",
                "1 11:22:33:44:55:zz 10.0.0.1 * *                   | the second field is not a hardware address",
                "1 zz- 10.0.0.1 * *                                 | the second field is not a hardware address",
                "1 - 10.0.0.1 * *                                   | the second field is not a hardware address",
                "1 11:22:33:44:55:66- 10.0.0.1 * *                  | the second field is not a hardware address",
                "1 T fd00::1 * *                                    | the second field of an IPv6 lease is not an IAID",
                "1 4294967296 fd00::1 * *                           | the second field of an IPv6 lease is not an IAID",
                "1 11:22:33:44:55:66 10.0.0.1 name 01:0             | the client identifier is not hex",
                "1 11:22:33:44:55:66 10.0.0.1                       | too few fields for a lease: 3 of 5",
                "hello                                              | too few fields for a lease: 1 of 5",
                "duid xyz                                           | not a DUID in hex",
                "duid                                               | not a DUID in hex",
                "agent-info 10.0.0.1                                | not an address and hex digits after agent-info",
                "vendorclass here 01:02                             | not an address and hex digits after vendorclass",
            })
    void aLineThatMakesNoSenseIsRejectedAndTheRestCounts(String line, String reason) {
        LeaseFileContent content =
                parse("0 11:22:33:44:55:66 10.0.0.8 before *\n" + line + "\n0 11:22:33:44:55:66 10.0.0.9 after *\n");
        assertThat(content.leases()).extracting(LeaseLine::name).containsExactly("before", "after");
        assertThat(content.rejected()).containsExactly(new LeaseFileContent.Rejected(2, line, reason));
        assertThat(content.rejectedCount()).isEqualTo(1);
    }

    @Test
    void anOverlongLineIsRejected() {
        String line = "1 11:22:33:44:55:66 10.0.0.1 " + "n".repeat(LeaseFile.MAX_LINE) + " *\n";
        assertThat(parse(line).rejected().getFirst().reason()).startsWith("longer than any line");
        assertThat(parse(line).rejected().getFirst().text()).hasSizeLessThan(200);
    }

    @Test
    void theLongestLineIsRead() {
        String id = "ab:".repeat(ClientId.MAX_LENGTH - 1) + "ab";
        String mac = "ffff-" + "ff:".repeat(MacAddress.MAX_LENGTH - 1) + "ff";
        assertThat(lease("4294967294 " + mac + " 255.255.255.255 " + "n".repeat(255) + " " + id))
                .contains(id, mac);
    }

    @Test
    void rejectedLinesAreAllCountedAndTheFirstShown() {
        LeaseFileContent content = parse("junk\n".repeat(1_000));
        assertThat(content.rejectedCount()).isEqualTo(1_000);
        assertThat(content.rejected()).hasSize(LeaseFileContent.MAX_REJECTED_SHOWN);
    }

    @Test
    void nulOctetsAreNoLease() {
        LeaseFileContent content = parse("\0".repeat(4096) + "\n" + ALL_FORMS);
        assertThat(content.leases()).isEqualTo(parse(ALL_FORMS).leases());
        assertThat(content.rejectedCount()).isEqualTo(1);
    }

    @Test
    void aLastLineWithoutNewlineCountsOnlyInAFinishedFile() {
        byte[] cut = ALL_FORMS.stripTrailing().getBytes(UTF_8);
        assertThat(LeaseFile.parse(cut).partial()).isTrue();
        assertThat(LeaseFile.parse(cut).extras().get(ip("192.168.1.10"))).doesNotContainKey("vendorclass");
        assertThat(LeaseFile.parseFinished(cut)).isEqualTo(parse(ALL_FORMS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void aFileCutAnywhereShowsOnlyLinesThatWereThere(String newline) {
        byte[] whole = ALL_FORMS.replace("\n", newline).getBytes(UTF_8);
        List<LeaseLine> leases = LeaseFile.parse(whole).leases();
        int shown = 0;
        for (int length = 0; length <= whole.length; length++) {
            LeaseFileContent cut = LeaseFile.parse(Arrays.copyOf(whole, length));
            assertThat(cut.leases()).isEqualTo(leases.subList(0, cut.leases().size()));
            assertThat(cut.leases()).hasSizeGreaterThanOrEqualTo(shown);
            assertThat(cut.rejectedCount()).isZero();
            assertThat(cut.partial()).isEqualTo(length > 0 && whole[length - 1] != '\n');
            shown = cut.leases().size();
        }
        assertThat(shown).isEqualTo(leases.size());
    }

    @Test
    void whatIsWrittenReadsTheSame() {
        Property.check(500, samples -> {
            LeaseFileContent content = content(samples);
            byte[] written = LeaseFile.write(content);
            assertThat(LeaseFile.parse(written)).isEqualTo(content);
            assertThat(LeaseFile.write(LeaseFile.parse(written))).isEqualTo(written);
        });
    }

    @Test
    void whatWasReadIsWrittenAndReadTheSame() {
        Property.check(2_000, samples -> {
            byte[] odd = samples.damaged(new String(LeaseFile.write(content(samples)), UTF_8))
                    .getBytes(samples.pick(UTF_8, ISO_8859_1));
            checkRoundTrip(odd);
        });
    }

    @Test
    void noOctetsMakeItThrow() {
        Property.check(
                2_000,
                samples -> checkRoundTrip(
                        samples.oneIn(2)
                                ? samples.octets(samples.below(300))
                                : samples.text(200).getBytes(UTF_8)));
    }

    /** What was understood of any octets survives writing. */
    static void checkRoundTrip(byte[] octets) {
        LeaseFileContent first = LeaseFile.parse(octets);
        LeaseFileContent again = LeaseFile.parse(LeaseFile.write(first));
        List<LeaseLine> v4First = new ArrayList<>(first.leases());
        v4First.sort((a, b) -> Boolean.compare(a.address().v6(), b.address().v6()));
        assertThat(again.leases()).isEqualTo(v4First);
        assertThat(again.extras()).isEqualTo(first.extras());
        assertThat(again.serverDuid()).isEqualTo(first.serverDuid());
        assertThat(again.rejectedCount()).isZero();
        LeaseFile.parseFinished(octets);
    }

    private static LeaseFileContent content(Samples samples) {
        List<LeaseLine> leases = samples.list(8, () -> lease(samples));
        leases.sort((a, b) -> Boolean.compare(a.address().v6(), b.address().v6()));
        Map<IpAddress, Map<String, String>> extras = new LinkedHashMap<>();
        for (LeaseLine lease : leases) {
            if (samples.oneIn(4)) {
                extras.put(
                        lease.address(), Map.of("agent-info", samples.clientId().toString()));
            }
        }
        ClientId duid = samples.oneIn(2) ? samples.clientId() : null;
        return new LeaseFileContent(leases, duid, extras, List.of(), 0, false);
    }

    private static LeaseLine lease(Samples samples) {
        IpAddress address = samples.ip();
        boolean v6 = address.v6();
        @Nullable MacAddress mac = v6 || samples.oneIn(8) ? null : ownForm(samples.mac());
        return new LeaseLine(
                samples.pick(0L, 3_600L, 1_700_000_000L, 0xffff_ffffL, 253_402_300_799L),
                mac,
                address,
                samples.pickOrNull(List.of("laptop", "x", "two words", "käse", "\\xff", "a*", "duid")),
                samples.oneIn(3) ? null : samples.clientId(),
                v6 ? samples.pick(0L, 1L, 0xffff_ffffL) : null,
                v6 && samples.oneIn(3));
    }

    /** Through its text, as it comes out of a file. */
    private static MacAddress ownForm(MacAddress mac) {
        return MacAddress.parse(mac.toString()).orElseThrow();
    }
}
