package io.innkeeper.wire.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.innkeeper.wire.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DnsNameTest {
    private static final String LABEL_63 = "a".repeat(63);

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com, 13, 2",
        "Example.COM., Example.COM, 13, 2",
        "., ., 1, 0",
        "a, a, 3, 1",
        "_dns._tcp.x, _dns._tcp.x, 13, 3",
        "a\\.b.c, a\\.b.c, 7, 2",
        "\\097\\032\\255, a\\032\\255, 5, 1",
        "\\a\\\\, a\\\\, 4, 1",
        "*.x, *.x, 5, 2"
    })
    void isReadAndShown(String text, String shown, int length, int labels) {
        DnsName name = DnsName.of(text);
        assertThat(name.text()).isEqualTo(shown).isEqualTo(name.toString());
        assertThat(name.length()).isEqualTo(length);
        assertThat(name.labelCount()).isEqualTo(labels);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "..",
                ".a",
                "a..b",
                "a b",
                "b\u00fccher",
                "a\\",
                "a\\25",
                "a\\256",
                "a\\2x5",
                "a..",
                "a\tb",
                "a\0"
            })
    void isNoName(String text) {
        assertThat(DnsName.parse(text)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> DnsName.of(text));
    }

    @Test
    void itsLengthsHaveLimits() {
        assertThat(DnsName.parse(LABEL_63)).isPresent();
        assertThat(DnsName.parse(LABEL_63 + "a")).isEmpty();
        String three = (LABEL_63 + ".").repeat(3);
        assertThat(DnsName.of(three + "a".repeat(61)).length()).isEqualTo(DnsName.MAX_LENGTH);
        assertThat(DnsName.of(three + "a".repeat(61) + ".").length()).isEqualTo(DnsName.MAX_LENGTH);
        assertThat(DnsName.parse(three + "a".repeat(62))).isEmpty();
        assertThat(DnsName.parse(three + "a".repeat(60) + ".b")).isEmpty();
        assertThat(DnsName.of("a.".repeat(127)).labelCount()).isEqualTo(DnsName.MAX_LABELS);
        assertThat(DnsName.parse("a.".repeat(128))).isEmpty();
        assertThat(DnsName.of("\\001".repeat(63)).length()).isEqualTo(65);
    }

    @ParameterizedTest
    @CsvSource({
        "' b\u00fccher.example ', xn--bcher-kva.example",
        "example.com., example.com",
        "B\u00dcCHER.Example, xn--bcher-kva.Example",
        "a\u3002b, a.b"
    })
    void peopleType(String typed, String name) {
        assertThat(DnsName.typed(typed)).contains(DnsName.of(name));
    }

    @Test
    void peopleTypeNoNames() {
        assertThat(DnsName.typed("")).isEmpty();
        assertThat(DnsName.typed("two words")).isEmpty();
        assertThat(DnsName.typed("\u00fc".repeat(2_000))).isEmpty();
        assertThat(DnsName.typed("\u00fc..b")).isEmpty();
    }

    @Test
    void caseIsKeptAndMakesNoDifference() {
        DnsName name = DnsName.of("WWW.Example.COM");
        DnsName lower = DnsName.of("www.example.com");
        assertThat(name).isEqualTo(lower).hasSameHashCodeAs(lower).isEqualByComparingTo(lower);
        assertThat(name.text()).isEqualTo("WWW.Example.COM");
        assertThat(name.lower().text()).isEqualTo("www.example.com");
        assertThat(lower.lower()).isSameAs(lower);
        // Only letters are one: @ and ` differ by the same bit, and so do octets beyond ASCII.
        assertThat(DnsName.of("@")).isNotEqualTo(DnsName.of("`"));
        assertThat(NameHash.of(DnsName.of("@[\\193"))).isNotEqualTo(NameHash.of(DnsName.of("`{\\225")));
        assertThat(DnsName.of("\\193")).isNotEqualTo(DnsName.of("\\225"));
    }

    @Test
    void aboveAndBelow() {
        DnsName name = DnsName.of("www.example.com");
        assertThat(name.parent()).contains(DnsName.of("example.com"));
        assertThat(DnsName.ROOT.parent()).isEmpty();
        assertThat(name.isUnder(DnsName.of("EXAMPLE.com"))).isTrue();
        assertThat(name.isUnder(name)).isTrue();
        assertThat(name.isUnder(DnsName.ROOT)).isTrue();
        assertThat(name.isUnder(DnsName.of("ample.com"))).isFalse();
        assertThat(DnsName.of("com").isUnder(name)).isFalse();
        // The same octets at the end, but inside a label: 3 and "com" are part of one there.
        assertThat(DnsName.of("x\\003com").isUnder(DnsName.of("com"))).isFalse();
        assertThat(DnsName.of("example.com").child("www")).isEqualTo(name);
        assertThat(DnsName.ROOT.child("a\\.b").labelCount()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> name.child("a.b"));
        assertThatIllegalArgumentException().isThrownBy(() -> name.child(""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DnsName.of("a.".repeat(127)).child("a"));
    }

    /** The example of RFC 4034 §6.1. */
    @Test
    void theCanonicalOrder() {
        assertThat(List.of(
                                "example",
                                "a.example",
                                "yljkjljk.a.example",
                                "Z.a.example",
                                "zABC.a.EXAMPLE",
                                "z.example",
                                "\\001.z.example",
                                "*.z.example",
                                "\\200.z.example")
                        .stream()
                        .map(DnsName::of))
                .isSorted();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 7.2.0.192.in-addr.arpa",
        "0.0.0.0, 0.0.0.0.in-addr.arpa",
        "255.255.255.255, 255.255.255.255.in-addr.arpa",
        "4321:0:1:2:3:4:567:89ab, b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.IP6.ARPA"
    })
    void addresses(String address, String name) {
        IpAddress ip = IpAddress.parse(address).orElseThrow();
        assertThat(DnsName.reverse(ip)).isEqualTo(DnsName.of(name));
        assertThat(DnsName.of(name).reversed()).contains(ip);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".",
                "in-addr.arpa",
                "0.192.in-addr.arpa",
                "1.7.2.0.192.in-addr.arpa",
                "07.2.0.192.in-addr.arpa",
                "256.2.0.192.in-addr.arpa",
                "x.2.0.192.in-addr.arpa",
                "7.2.0.192.in-addr.example",
                "0.0.ip6.arpa"
            })
    void namesOfNoAddress(String name) {
        assertThat(DnsName.of(name).reversed()).isEmpty();
    }

    @Test
    void octetsAreNamesOrNot() {
        byte[] wire = "xx\3www\0".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(DnsName.ofWire(wire, 2, 5)).isEqualTo(DnsName.of("www"));
        assertThatIllegalArgumentException().isThrownBy(() -> DnsName.ofWire(wire, 2, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> DnsName.ofWire(wire, 2, 6));
        assertThatIllegalArgumentException().isThrownBy(() -> DnsName.ofWire(new byte[] {(byte) 0xc0, 0}, 0, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> DnsName.ofWire(new byte[2], 0, 2));
        assertThat(DnsName.ROOT.wire()).containsExactly(0);
    }

    /** These stand in files: a change of them makes files of earlier versions useless. */
    @Test
    void hashesStayAsTheyAre() {
        assertThat(NameHash.of(DnsName.ROOT)).isEqualTo(NameHash.ROOT);
        assertThat(Long.toHexString(NameHash.of(DnsName.of("www.example.com")))).isEqualTo("cfd5c4bd4afb4b7c");
        assertThat(Long.toHexString(NameHash.of(DnsName.of("A-Name-Of-More-Than-Eight"))))
                .isEqualTo("90fcdc18721aeca7");
        byte[] wire = DnsName.of("www.Example.com").wire();
        long com = NameHash.extend(NameHash.ROOT, wire, 12);
        assertThat(com).isEqualTo(NameHash.of(DnsName.of("com")));
        assertThat(NameHash.extend(com, wire, 4)).isEqualTo(NameHash.of(DnsName.of("example.com")));
    }

    @Test
    void hashesDiffer() {
        long distinct = IntStream.range(0, 200_000)
                .mapToObj(i -> DnsName.of("h" + i % 1_000 + ".z" + i / 1_000 + ".example"))
                .mapToLong(NameHash::of)
                .distinct()
                .count();
        assertThat(distinct).isEqualTo(200_000);
        assertThat(NameHash.of(DnsName.of("ab.c"))).isNotEqualTo(NameHash.of(DnsName.of("a.bc")));
        assertThat(NameHash.of(DnsName.of("a"))).isNotEqualTo(NameHash.of(DnsName.of("a\\000")));
    }
}
