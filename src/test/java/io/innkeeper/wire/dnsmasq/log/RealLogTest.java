package io.innkeeper.wire.dnsmasq.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.dnsmasq.log.LogEntry.DhcpDetail;
import io.innkeeper.wire.dnsmasq.log.LogEntry.DhcpLine;
import io.innkeeper.wire.dnsmasq.log.LogEntry.DhcpTrouble;
import io.innkeeper.wire.dnsmasq.log.LogEntry.Other;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the real dnsmasq wrote is understood, line by line; see src/test/resources/dnsmasq-log/README.md. */
class RealLogTest {
    /** What dnsmasq says of itself; nothing follows from it. */
    private static final List<String> SELF = List.of(
            "started, ",
            "compile time options",
            "DHCP, ",
            "DHCPv6, ",
            "DHCPv4-derived ",
            "router advertisement on",
            "IPv6 router advertisement enabled",
            "TFTP root is",
            "using ",
            "read ",
            "warning: no upstream servers configured",
            "exiting on");

    @Test
    void nothingOfWhatWasLoggedIsUnknown() throws IOException {
        for (String file : List.of("log-dhcp-queries-extra.log", "plain.log", "troubles.log")) {
            byte[] bytes = bytes(file);
            LogLines lines = new LogLines();
            lines.reset(bytes, 0, bytes.length);
            while (lines.next()) {
                LogEntry entry = LogEntry.parse(lines);
                if (entry instanceof Other other) {
                    assertThat(SELF).as(other.text()).anyMatch(other.text()::startsWith);
                }
                assertThat(!(entry instanceof DhcpDetail detail) || detail.topic() != DhcpTopic.OTHER)
                        .as("%s", entry)
                        .isTrue();
                assertThat(LogEntry.parse(lines.message(), lines.program())).isEqualTo(entry);
                assertThat(lines.pid()).isPositive();
                assertThat(lines.kind()).isEqualTo(entry instanceof DhcpLine line ? line.kind() : null);
            }
            assertThat(lines.skipped()).isZero();
            assertThat(lines.lines()).isGreaterThan(100);
        }
    }

    @Test
    void eachKindIsThereAsOftenAsGrepFindsIt() throws IOException {
        Map<DhcpKind, Integer> kinds = new EnumMap<>(DhcpKind.class);
        for (LogEntry entry : entries("log-dhcp-queries-extra.log")) {
            if (entry instanceof DhcpLine line) {
                kinds.merge(line.kind(), 1, Integer::sum);
                assertThat(line.iface()).isIn("lan", "lan2");
                boolean advert = line.kind() == DhcpKind.RTR_ADVERT;
                assertThat(line.mac() == null && line.duid() == null)
                        .as("%s", line)
                        .isEqualTo(advert);
                assertThat(line.mac() != null && line.duid() != null).isFalse();
            }
        }
        String text = new String(bytes("log-dhcp-queries-extra.log"), java.nio.charset.StandardCharsets.UTF_8);
        for (DhcpKind kind : DhcpKind.values()) {
            int found = text.split(" " + kind.word() + "\\(", -1).length - 1;
            assertThat(kinds.getOrDefault(kind, 0)).as("%s", kind).isEqualTo(found);
        }
        assertThat(kinds)
                .containsKeys(DhcpKind.ACK, DhcpKind.REPLY, DhcpKind.DECLINE, DhcpKind.BOOTP, DhcpKind.RTR_SOLICIT);
    }

    @Test
    void troublesAreNamed() throws IOException {
        Map<Trouble, Integer> troubles = new TreeMap<>();
        for (LogEntry entry : entries("troubles.log")) {
            switch (entry) {
                case DhcpTrouble trouble -> troubles.merge(trouble.what(), 1, Integer::sum);
                case DhcpLine line
                when line.trouble() != null -> troubles.merge(Objects.requireNonNull(line.trouble()), 1, Integer::sum);
                default -> {}
            }
        }
        assertThat(troubles)
                .containsEntry(Trouble.NAME_TAKEN, 20)
                .containsEntry(Trouble.NAME_REFUSED, 1)
                .containsEntry(Trouble.RESERVED_LEASED, 1)
                .containsEntry(Trouble.RESERVED_IN_USE, 1)
                .containsEntry(Trouble.RESERVED_DECLINED, 2)
                .containsEntry(Trouble.DECLINED, 1)
                .containsEntry(Trouble.REFUSED, 1)
                .containsEntry(Trouble.STORE, 9);
    }

    private static List<LogEntry> entries(String file) throws IOException {
        byte[] bytes = bytes(file);
        LogLines lines = new LogLines();
        lines.reset(bytes, 0, bytes.length);
        List<LogEntry> entries = new ArrayList<>();
        while (lines.next()) {
            entries.add(LogEntry.parse(lines));
        }
        return entries;
    }

    static byte[] bytes(String file) throws IOException {
        try (InputStream in = RealLogTest.class.getResourceAsStream("/dnsmasq-log/" + file)) {
            return Objects.requireNonNull(in, file).readAllBytes();
        }
    }
}
