package io.innkeeper.wire.dnsmasq;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The text of {@code /etc/ethers} as dnsmasq reads it: lines that begin with {@code #} or {@code +} do not count, a comment
 * behind an entry is not allowed, IPv6 addresses are not read.
 *
 * @param lines the entries in order
 * @param problems the lines that could not be read
 */
public record EthersText(List<EthersLine> lines, List<ConfigProblem> problems) {
    private static final int ETHERNET_OCTETS = 6;
    private static final int MAX_LINE_OCTETS = 1_024;

    /** Copies both lists. */
    public EthersText {
        lines = List.copyOf(lines);
        problems = List.copyOf(problems);
    }

    /**
     * Reads the file.
     *
     * @param file its name, for the problems
     * @param octets its content
     */
    public static EthersText parse(String file, byte[] octets) {
        List<EthersLine> lines = new ArrayList<>();
        List<ConfigProblem> problems = new ArrayList<>();
        TextLines.each(octets, (number, from, to) -> {
            String shown = TextLines.shown(octets, from, to);
            if (shown.isEmpty() || shown.startsWith("#") || shown.startsWith("+")) {
                return;
            }
            Optional<EthersLine> line = to - from > MAX_LINE_OCTETS
                    ? Optional.empty()
                    : entry(number, new String(octets, from, to - from, StandardCharsets.ISO_8859_1), shown);
            if (line.isPresent() && lines.size() < ConfigText.MAX_LINES) {
                lines.add(line.get());
            } else if (problems.size() < ConfigText.MAX_PROBLEMS) {
                problems.add(new ConfigProblem(file, number, shown, "not an Ethernet address and an address or name"));
            }
        });
        return new EthersText(lines, problems);
    }

    private static Optional<EthersLine> entry(int number, String line, String shown) {
        String[] words = line.strip().split("\\s+", 2);
        Optional<MacAddress> mac = HexGroups.parse(words[0], ETHERNET_OCTETS)
                .flatMap(HexGroups::exact)
                .filter(bytes -> bytes.length == ETHERNET_OCTETS)
                .map(bytes -> MacAddress.of(MacAddress.ETHERNET, bytes));
        if (mac.isEmpty() || words.length < 2) {
            return Optional.empty();
        }
        boolean numeric = words[1].chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
        return numeric
                ? IpAddress.parse(words[1]).map(address -> new EthersLine(number, mac.get(), address, null, shown))
                : HostNames.parse(words[1]).map(name -> new EthersLine(number, mac.get(), null, name, shown));
    }
}
