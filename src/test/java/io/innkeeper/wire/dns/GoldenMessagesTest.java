package io.innkeeper.wire.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Messages octet by octet. Each file says first where its form comes from, then has the octets in hex with remarks, and behind
 * a line with an equals sign what is read of them.
 */
class GoldenMessagesTest {
    private static final Path FOLDER = Path.of(
            Objects.requireNonNull(System.getProperty("innkeeper.root")),
            "src/test/resources/io/innkeeper/wire/dns/golden");

    /** Ours are the same octets: neither names in other places nor another order. */
    private static final List<String> COMPRESSED_OTHERWISE = List.of("every-type.txt");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    static byte[] octets(String file) throws IOException {
        StringBuilder hex = new StringBuilder();
        for (String line : Files.readAllLines(FOLDER.resolve(file))) {
            if (line.equals("=")) {
                break;
            }
            hex.append(line.replaceAll("#.*", "").replace(" ", ""));
        }
        return HexFormat.of().parseHex(hex);
    }

    private static List<String> expected(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return lines.subList(lines.indexOf("=") + 1, lines.size());
    }

    @ParameterizedTest
    @MethodSource("files")
    void isRead(Path file) throws Exception {
        byte[] octets = octets(file.getFileName().toString());
        assertThat(DnsMessage.parse(octets, 0, octets.length)).isInstanceOfSatisfying(DnsMessage.class, message -> {
            assertThat(MessageText.of(message)).isEqualTo(list(file));
            byte[] written = message.write(DnsMessage.MAX_LENGTH);
            if (!COMPRESSED_OTHERWISE.contains(file.getFileName().toString())) {
                assertThat(HexFormat.of().formatHex(written))
                        .isEqualTo(HexFormat.of().formatHex(octets));
            }
            assertThat(DnsMessage.parse(written, 0, written.length)).isEqualTo(message);
        });
    }

    private static List<String> list(Path file) {
        try {
            return expected(file);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /** Every octet is needed: a message that is cut anywhere is malformed. */
    @ParameterizedTest
    @MethodSource("files")
    void isMalformedWhereCut(Path file) throws Exception {
        byte[] octets = octets(file.getFileName().toString());
        for (int length = 0; length < octets.length; length++) {
            assertThat(DnsMessage.parse(octets, 0, length))
                    .as("%d of %d octets", length, octets.length)
                    .isInstanceOf(Malformed.class);
        }
    }

    @Test
    void digsQueryIsSeen() throws Exception {
        byte[] octets = octets("dig-query.txt");
        QueryView view = new QueryView();
        assertThat(view.read(octets, 0, octets.length)).isEqualTo(QueryView.Verdict.ANSWER);
        assertThat(view.id()).isEqualTo(0x4d2a);
        assertThat(view.recursionDesired()).isTrue();
        assertThat(view.authenticData()).isTrue();
        assertThat(view.checkingDisabled()).isFalse();
        assertThat(view.name()).isEqualTo(DnsName.of("example.com"));
        assertThat(view.type()).isEqualTo(RecordType.A);
        assertThat(view.dnsClass()).isEqualTo(DnsClass.IN);
        assertThat(view.udpSize()).isEqualTo(1232);
        assertThat(view.dnssecOk()).isFalse();
        assertThat(view.cookieLength()).isEqualTo(8);
        assertThat(octets[view.cookieAt()]).isEqualTo((byte) 0x1f);
        assertThat(view.clientSubnetAt()).isEqualTo(-1);
    }

    @Test
    void answersAreSeen() throws Exception {
        ResponseView chain = view("cname-chain.txt");
        assertThat(chain.kind()).isEqualTo(ResponseView.Kind.POSITIVE);
        assertThat(chain.smallestTtl()).isEqualTo(60);
        assertThat(chain.ttlCount()).isEqualTo(3);
        assertThat(chain.optOffset()).isEqualTo(chain.length() - 11);
        ResponseView no = view("nxdomain-soa.txt");
        assertThat(no.kind()).isEqualTo(ResponseView.Kind.NO_NAME);
        assertThat(no.negativeTtl()).isEqualTo(900);
        assertThat(no.smallestAnswerTtl()).isEqualTo(ResponseView.NONE);
        assertThat(view("badvers.txt").rcode()).isEqualTo(Rcode.BADVERS);
        assertThat(view("badvers.txt").kind()).isEqualTo(ResponseView.Kind.FAILURE);
    }

    private static ResponseView view(String file) throws IOException {
        byte[] octets = octets(file);
        return ResponseView.of(octets, 0, octets.length).orElseThrow();
    }
}
