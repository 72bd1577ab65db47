package io.innkeeper.wire.dnsmasq;

import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.PrintableText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call of dnsmasq's {@code dhcp-script} (dnsmasq(8), {@code --dhcp-script}), or somebody's own words in the same shape.
 *
 * @param action what happened
 * @param mac the hardware address: the second argument for IPv4, {@code DNSMASQ_MAC} for IPv6
 * @param clientId {@code DNSMASQ_CLIENT_ID}, for IPv6 the DUID that dnsmasq passes in place of the hardware address
 * @param address the address leased or seen
 * @param hostname the name
 * @param source which dnsmasq says so, by its name in our configuration; null where it does not say
 * @param expires end of the lease in seconds since 1970, 0 for ever; null where not told
 * @param lengthSeconds granted length where only that is told ({@code DNSMASQ_LEASE_LENGTH})
 * @param remainingSeconds what is left of the lease ({@code DNSMASQ_TIME_REMAINING})
 * @param iaid the identity association of an IPv6 lease
 * @param temporary true for an IPv6 temporary address
 * @param details what else dnsmasq told, under our names: requestedOptions, vendorClass, mudUrl, tags, interface, …
 */
public record ScriptNotice(
        Action action,
        @Nullable MacAddress mac,
        @Nullable ClientId clientId,
        @Nullable IpAddress address,
        @Nullable String hostname,
        @Nullable String source,
        @Nullable Long expires,
        @Nullable Long lengthSeconds,
        @Nullable Long remainingSeconds,
        @Nullable Long iaid,
        boolean temporary,
        Map<String, String> details) {
    /** The most fields a notice may have. */
    public static final int MAX_FIELDS = 100;

    /** The longest value; dnsmasq's own are shorter. */
    public static final int MAX_VALUE = 1_024;

    /** What happened. */
    public enum Action {
        /** A lease was made. */
        ADD,
        /** A lease is known from before, or its name or length changed. */
        OLD,
        /** A lease ended. */
        DEL,
        /** dnsmasq asks the script for the leases it keeps; says nothing about any. */
        INIT,
        /** A file was sent. */
        TFTP,
        /** A neighbour appeared in the kernel's table. */
        ARP_ADD,
        /** A neighbour left the kernel's table. */
        ARP_DEL,
        /** A prefix was delegated through a relay. */
        RELAY_SNOOP,
        /** Something later versions tell; dnsmasq(8) asks scripts to ignore it. */
        OTHER;

        /** True where the arguments after it are a hardware address (or DUID), an address and a name. */
        boolean isAboutClient() {
            return switch (this) {
                case ADD, OLD, DEL, ARP_ADD, ARP_DEL -> true;
                case INIT, TFTP, RELAY_SNOOP, OTHER -> false;
            };
        }
    }

    /** Script variables that are kept, and our names for them. */
    private static final Map<String, String> DETAILS = Map.ofEntries(
            Map.entry("DNSMASQ_REQUESTED_OPTIONS", "requestedOptions"),
            Map.entry("DNSMASQ_VENDOR_CLASS", "vendorClass"),
            Map.entry("DNSMASQ_VENDOR_CLASS_ID", "vendorClassId"),
            Map.entry("DNSMASQ_MUD_URL", "mudUrl"),
            Map.entry("DNSMASQ_TAGS", "tags"),
            Map.entry("DNSMASQ_INTERFACE", "interface"),
            Map.entry("DNSMASQ_RELAY_ADDRESS", "relayAddress"),
            Map.entry("DNSMASQ_SUPPLIED_HOSTNAME", "suppliedHostname"),
            Map.entry("DNSMASQ_OLD_HOSTNAME", "oldHostname"),
            Map.entry("DNSMASQ_DOMAIN", "domain"),
            Map.entry("DNSMASQ_CIRCUIT_ID", "circuitId"),
            Map.entry("DNSMASQ_SUBSCRIBER_ID", "subscriberId"),
            Map.entry("DNSMASQ_REMOTE_ID", "remoteId"),
            Map.entry("DNSMASQ_SERVER_DUID", "serverDuid"));

    private static final int MAX_CLASSES = 4;

    /** Copies the details. */
    public ScriptNotice {
        details = Map.copyOf(details);
    }

    /**
     * What came of reading a notice.
     *
     * @param notice the notice; null where there are problems
     * @param problems what is wrong, by the name of the field; empty where there is a notice
     */
    public record Parsed(@Nullable ScriptNotice notice, Map<String, String> problems) {}

    /**
     * Reads a notice from named texts: {@code action mac ip hostname source} and the script's variables under their own names.
     * Unknown names mean nothing. Never throws; every problem is named.
     */
    public static Parsed parse(Map<String, String> fields) {
        return new Reading(fields).parse();
    }

    /** One reading: the fields, and the problems found so far. */
    private static final class Reading {
        private final Map<String, String> fields;
        private final Map<String, String> problems = new LinkedHashMap<>();

        Reading(Map<String, String> fields) {
            this.fields = fields;
        }

        Parsed parse() {
            if (fields.size() > MAX_FIELDS) {
                return new Parsed(null, Map.of("", "more than " + MAX_FIELDS + " fields"));
            }
            Action action = action();
            if (!problems.isEmpty()) {
                return new Parsed(null, problems);
            }
            return action.isAboutClient() ? aboutClient(action) : new Parsed(ignored(action), Map.of());
        }

        /** The other arguments of such an action are sizes, file names and prefixes: nothing here needs them. */
        private static ScriptNotice ignored(Action action) {
            return new ScriptNotice(action, null, null, null, null, null, null, null, null, null, false, Map.of());
        }

        private Parsed aboutClient(Action action) {
            fields.forEach((name, value) -> {
                if (value.length() > MAX_VALUE) {
                    problems.put(name, "longer than " + MAX_VALUE + " characters");
                }
            });
            IpAddress address = read("ip", "not an IPv4 or IPv6 address", IpAddress::parse);
            boolean v6 = address != null && address.v6();
            MacAddress mac = v6 ? macOfV6() : read("mac", "not a hardware address", MacAddress::parse);
            ClientId clientId = v6 ? duid() : read("DNSMASQ_CLIENT_ID", "not hex octets", ClientId::parse);
            boolean lease = action == Action.ADD || action == Action.OLD || action == Action.DEL;
            if ((lease || action == Action.ARP_ADD) && address == null) {
                problems.putIfAbsent("ip", "is missing; the action needs it");
            }
            if (action == Action.ARP_ADD && mac == null) {
                problems.putIfAbsent("mac", "is missing; the action needs it");
            }
            String iaidText = fields.getOrDefault("DNSMASQ_IAID", "");
            ScriptNotice notice = new ScriptNotice(
                    action,
                    mac,
                    clientId,
                    address,
                    hostname(),
                    value("source"),
                    number("DNSMASQ_LEASE_EXPIRES"),
                    number("DNSMASQ_LEASE_LENGTH"),
                    number("DNSMASQ_TIME_REMAINING"),
                    iaid(iaidText),
                    iaidText.startsWith("T"),
                    details());
            return problems.isEmpty() ? new Parsed(notice, Map.of()) : new Parsed(null, problems);
        }

        private @Nullable String value(String name) {
            String value = fields.get(name);
            return value == null || value.isBlank() ? null : value.strip();
        }

        private <T> @Nullable T read(String name, String problem, Function<String, Optional<T>> parse) {
            String text = value(name);
            if (text == null || text.equals("*")) {
                return null;
            }
            T value = parse.apply(text).orElse(null);
            if (value == null) {
                problems.putIfAbsent(name, problem + ": '" + PrintableText.escape(shortened(text)) + "'");
            }
            return value;
        }

        private static String shortened(String text) {
            return text.length() <= 60 ? text : text.substring(0, 60) + "…";
        }

        private Action action() {
            String text = value("action");
            if (text == null) {
                problems.put("action", "is missing; one of add, old, del, init, tftp, arp-add, arp-del");
                return Action.OTHER;
            }
            String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
            for (Action action : Action.values()) {
                if (action.name().equals(name)) {
                    return action;
                }
            }
            return Action.OTHER;
        }

        /** For IPv6 dnsmasq passes the DUID where the hardware address stands for IPv4; other callers may pass a real one. */
        private @Nullable MacAddress macOfV6() {
            MacAddress told = read("DNSMASQ_MAC", "not a hardware address", MacAddress::parse);
            String second = value("mac");
            boolean isMac = told == null && second != null && second.length() == 17;
            return isMac ? read("mac", "neither a DUID nor a hardware address", MacAddress::parse) : told;
        }

        private @Nullable ClientId duid() {
            ClientId told = read("duid", "not hex octets", ClientId::parse);
            String second = value("mac");
            boolean isDuid = told == null && second != null && second.length() != 17;
            return isDuid ? read("mac", "neither a DUID nor a hardware address", ClientId::parse) : told;
        }

        private @Nullable String hostname() {
            String name = value("hostname");
            return name == null || name.equals("*") ? null : PrintableText.escape(name);
        }

        private @Nullable Long iaid(String text) {
            if (text.isBlank()) {
                return null;
            }
            Long iaid = digits("DNSMASQ_IAID", text.startsWith("T") ? text.substring(1) : text);
            if (iaid != null && iaid > 0xffff_ffffL) {
                problems.putIfAbsent("DNSMASQ_IAID", "larger than 32 bits");
            }
            return iaid;
        }

        private @Nullable Long number(String name) {
            String text = value(name);
            return text == null ? null : digits(name, text);
        }

        private @Nullable Long digits(String name, String text) {
            boolean number =
                    !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
            if (!number) {
                problems.putIfAbsent(name, "not a number: '" + PrintableText.escape(shortened(text)) + "'");
                return null;
            }
            return Long.valueOf(text);
        }

        private Map<String, String> details() {
            Map<String, String> details = new TreeMap<>();
            DETAILS.forEach((variable, ours) -> {
                String value = value(variable);
                if (value != null) {
                    details.put(ours, PrintableText.escape(value));
                }
            });
            List<String> classes = new ArrayList<>();
            for (int i = 0; i < MAX_CLASSES; i++) {
                String userClass = value("DNSMASQ_USER_CLASS" + i);
                if (userClass != null) {
                    classes.add(PrintableText.escape(userClass));
                }
            }
            if (!classes.isEmpty()) {
                details.put("userClass", String.join(", ", classes));
            }
            return details;
        }
    }
}
