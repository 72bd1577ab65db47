package io.innkeeper.wire.rdk;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the plugins of the manager make of the variables that udhcpc and dibbler give their script: the same message, octet for
 * octet, faults included. Texts stand whole in the message that is returned, {@link PluginMessage#write} cuts them.
 */
public final class PluginEnvironment {
    /** Octets that the plugins take of a list of name servers. */
    private static final int LIST = 255;

    /** Octets that the plugin takes of option 17. */
    private static final int VENDOR = 255;

    /** Octets of a name server of DHCPv6, which always has a NUL behind it. */
    private static final int SERVER = 127;

    private static final String C_BLANKS = " \t\n\u000b\f\r";
    private static final String HEX = "0123456789abcdef";

    private final Map<String, String> variables;
    private final MessageLayout layout;

    private PluginEnvironment(Map<String, String> variables, MessageLayout layout) {
        this.variables = variables;
        this.layout = layout;
    }

    /**
     * Variables as the kernel keeps them: {@code NAME=VALUE} with a NUL behind each. Octets that are no UTF-8 are not kept.
     *
     * @param environ as in {@code /proc/self/environ}
     */
    public static Map<String, String> parse(byte[] environ) {
        Map<String, String> variables = new HashMap<>();
        for (String line : new String(environ, StandardCharsets.UTF_8).split("\0", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                variables.putIfAbsent(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return variables;
    }

    /**
     * What the plugin of udhcpc says of this.
     *
     * @param action the first argument of the script: {@code bound}, {@code renew}, {@code deconfig}, {@code leasefail}
     * @param layout of the plugin; also how many bits it counts with
     * @return empty for any other action, such as {@code nak}: of those it says nothing
     */
    public static Optional<PluginMessage> udhcpc(String action, Map<String, String> variables, MessageLayout layout) {
        return switch (action) {
            case "bound", "renew" -> Optional.of(new PluginEnvironment(variables, layout).lease(action));
            case "deconfig", "leasefail" -> Optional.of(new PluginEnvironment(ended(variables), layout).lease(action));
            default -> Optional.empty();
        };
    }

    /** What the plugin looks at where there is no lease. */
    private static Map<String, String> ended(Map<String, String> variables) {
        Map<String, String> few = new HashMap<>(variables);
        few.keySet().retainAll(List.of("interface", "sipsrv", "staticroutes", "serverid"));
        return few;
    }

    /**
     * What the plugin of dibbler says of this.
     *
     * @param action the first argument of the script: {@code add}, {@code update}, {@code del}, {@code delete}, {@code expire}
     * @param layout of the plugin; also how many bits it counts with
     * @return empty for any other action, and for a prefix that has no lifetime: of those it says nothing
     */
    public static Optional<PluginMessage> dibbler(String action, Map<String, String> variables, MessageLayout layout) {
        return switch (action) {
            case "add", "update" ->
                Optional.of(new PluginEnvironment(variables, layout).addresses(false))
                        .filter(message -> !isDead(message.prefix()))
                        .map(message -> message);
            case "del", "delete", "expire" -> Optional.of(new PluginEnvironment(variables, layout).addresses(true));
            default -> Optional.empty();
        };
    }

    private static boolean isDead(Dhcpv6PluginMessage.IaPd prefix) {
        return prefix.assigned()
                && prefix.times().preferred() == 0
                && prefix.times().valid() == 0;
    }

    private Dhcpv4PluginMessage lease(String action) {
        boolean assigned = action.equals("bound") || action.equals("renew");
        List<String> servers = servers("dns");
        return new Dhcpv4PluginMessage(
                layout,
                text("interface"),
                text("interface"),
                assigned,
                !assigned,
                text("ip"),
                text("subnet"),
                text("router"),
                servers.getFirst(),
                servers.getLast(),
                number("lease"),
                time("rebindingtime", "opt59"),
                time("renewaltime", "opt58"),
                (int) number("timeoffset"),
                is("timeoffset"),
                text("timezone"),
                number("upstreamrate"),
                number("downstreamrate"),
                text("serverid"),
                action,
                false,
                0,
                text("sipsrv"),
                text("staticroutes"),
                new Dhcpv4PluginMessage.Mta(
                        is("opt122"), is("opt125"), text("opt122"), text("opt125"), text("bootfile")),
                text("siaddr"),
                text("hostname"),
                text("domain"));
    }

    private Dhcpv6PluginMessage addresses(boolean expired) {
        List<String> servers = servers("SRV_OPTION23");
        return new Dhcpv6PluginMessage(
                layout,
                text("IFACE"),
                text("IFACE"),
                expired,
                new Dhcpv6PluginMessage.IaNa(is("ADDR1"), text("ADDR1"), times("ADDR1")),
                new Dhcpv6PluginMessage.IaPd(is("PREFIX1"), text("PREFIX1"), number("PREFIX1LEN"), times("PREFIX1")),
                is("SRV_OPTION23"),
                cut(servers.getFirst(), SERVER),
                cut(servers.getLast(), SERVER),
                container("SRV_OPTION95"),
                layout.hasMape() ? container("SRV_OPTION94") : new Dhcpv6PluginMessage.Container(false, ""),
                new Dhcpv6PluginMessage.Container(is("SRV_OPTION17"), cut(text("SRV_OPTION17"), VENDOR)),
                text("SRV_OPTION17").getBytes(StandardCharsets.UTF_8).length,
                text("SRV_OPTION24"),
                text("SRV_OPTION31"),
                text("SRV_OPTION64"),
                0);
    }

    private Dhcpv6PluginMessage.Times times(String association) {
        return new Dhcpv6PluginMessage.Times(
                number(association + "IAID"),
                number(association + "PREF"),
                number(association + "VALID"),
                number(association + "T1"),
                number(association + "T2"));
    }

    private Dhcpv6PluginMessage.Container container(String name) {
        return new Dhcpv6PluginMessage.Container(is(name), text(name));
    }

    private boolean is(String name) {
        return variables.containsKey(name);
    }

    private String text(String name) {
        return variables.getOrDefault(name, "");
    }

    /** The first two of a list with blanks between, of which the plugins see only so much; empty where there are fewer. */
    private List<String> servers(String name) {
        List<String> servers =
                new ArrayList<>(Arrays.stream(cut(text(name), LIST).split(" ", -1))
                        .filter(word -> !word.isEmpty())
                        .limit(2)
                        .toList());
        while (servers.size() < 2) {
            servers.add("");
        }
        return servers;
    }

    private static String cut(String text, int octets) {
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        return all.length <= octets ? text : new String(all, 0, octets, StandardCharsets.UTF_8);
    }

    /** T1 or T2: as a number where a patched client gives one, else out of the option in hex. */
    private long time(String name, String option) {
        return is(name) ? number(name) : hex(text(option));
    }

    /** The last eight digits; what is no digit does not count. */
    private static long hex(String text) {
        long value = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            int digit = c < 128 ? HEX.indexOf(Character.toLowerCase(c)) : -1;
            value = digit < 0 ? value : (value << 4 | digit) & 0xffff_ffffL;
        }
        return value;
    }

    /** As {@code atoi} and {@code strtol} of C read it, on the plugin's machine: 0 to 2^32 - 1. */
    private long number(String name) {
        String text = text(name);
        int at = 0;
        while (at < text.length() && C_BLANKS.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        boolean negative = at < text.length() && text.charAt(at) == '-';
        if (negative || (at < text.length() && text.charAt(at) == '+')) {
            at++;
        }
        long most = layout.is32Bit() ? Integer.MAX_VALUE : Long.MAX_VALUE;
        long value = 0;
        for (; at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9'; at++) {
            int digit = text.charAt(at) - '0';
            if (value > (most - digit) / 10) {
                return (negative ? ~most : most) & 0xffff_ffffL;
            }
            value = 10 * value + digit;
        }
        return (negative ? -value : value) & 0xffff_ffffL;
    }
}
