package io.innkeeper.feed.dnsmasq;

import io.innkeeper.feed.HeardMessage;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.wire.dnsmasq.log.DhcpKind;
import io.innkeeper.wire.dnsmasq.log.DhcpTopic;
import io.innkeeper.wire.dnsmasq.log.LogEntry;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A DHCP message of which more lines may come. dnsmasq writes what the client told before the line of the message, and what it
 * sends back behind that of its answer. Belongs to its {@link Transcript}.
 */
final class OpenMessage {
    /** The lifetime that means for ever (RFC 2131 §3.3, RFC 8415 §7.7). */
    static final long FOR_EVER = 0xffff_ffffL;

    private static final String INTERFACE = "interface";
    private static final String OPTIONS = "requestedOptions";
    private static final int LEASE_TIME = 51;
    private static final int MAX_TEXT = 1_024;

    /** With one of these begins what dnsmasq writes about a packet that came. */
    private static final Set<DhcpTopic> BEGINNINGS = EnumSet.of(
            DhcpTopic.AVAILABLE_RANGE,
            DhcpTopic.AVAILABLE_SUBNET,
            DhcpTopic.VENDOR_CLASS,
            DhcpTopic.USER_CLASS,
            DhcpTopic.CLIENT_NAME,
            DhcpTopic.CLIENT_MAC);

    /** What the script tells of a lease, too; the same names. */
    private static final Set<String> OF_THE_CLIENT =
            Set.of("vendorClass", "userClass", "suppliedHostname", OPTIONS, "tags", INTERFACE);

    private final Map<String, String> details = new TreeMap<>();
    private final long piece;
    private long linePiece;
    private LogEntry.@Nullable DhcpLine line;
    private @Nullable MacAddress clientMac;
    private @Nullable Long lifetimeSeconds;
    private @Nullable DhcpKind question;
    private Instant at;
    private Instant readAt;
    private long addedNanos;

    OpenMessage(Transcript.Reading reading) {
        piece = reading.piece();
        at = reading.at();
        readAt = reading.now();
        addedNanos = reading.nanos();
    }

    /** The line of the message itself; null where it has not come yet. */
    LogEntry.@Nullable DhcpLine line() {
        return line;
    }

    /** The piece of the log in which its first line is. */
    long piece() {
        return piece;
    }

    /** The piece in which the line of the message itself is. */
    long linePiece() {
        return linePiece;
    }

    long addedNanos() {
        return addedNanos;
    }

    /** What its client had asked last when it was written; null where that is not known. */
    @Nullable
    DhcpKind question() {
        return question;
    }

    Instant at() {
        return at;
    }

    Instant readAt() {
        return readAt;
    }

    /** The hardware address of a DHCPv6 client, where dnsmasq found it out. */
    @Nullable
    MacAddress clientMac() {
        return clientMac;
    }

    /** How long the lease lasts that is granted, in seconds; {@link #FOR_EVER}; null where that is not told. */
    @Nullable
    Long lifetimeSeconds() {
        return lifetimeSeconds;
    }

    /** All that is told; belongs to the caller. */
    Map<String, String> details() {
        return new TreeMap<>(details);
    }

    /** What is told of the client, for its lease. */
    Map<String, String> wordDetails() {
        Map<String, String> ofClient = new TreeMap<>(details);
        ofClient.keySet().retainAll(OF_THE_CLIENT);
        if (line != null && !line.iface().isEmpty()) {
            ofClient.put(INTERFACE, line.iface());
        }
        return ofClient;
    }

    /** True where a line about this cannot belong to the message that is open: the next packet came. */
    boolean isAnotherPacket(DhcpTopic topic) {
        return line != null && BEGINNINGS.contains(topic);
    }

    /** What a client told with a packet holds for the answer to it. */
    void inherit(OpenMessage question) {
        question.details.forEach((name, value) -> {
            if (OF_THE_CLIENT.contains(name) && !name.equals(OPTIONS)) {
                details.put(name, value);
            }
        });
        clientMac = question.clientMac;
    }

    /** @param asked what its client asked last; null where that is not known */
    void begin(LogEntry.DhcpLine message, @Nullable DhcpKind asked, Transcript.Reading reading) {
        line = message;
        question = asked;
        linePiece = reading.piece();
        at = reading.at();
        touch(reading);
    }

    private void touch(Transcript.Reading reading) {
        readAt = reading.now();
        addedNanos = reading.nanos();
    }

    void add(LogEntry.DhcpDetail detail, Transcript.Reading reading) {
        touch(reading);
        switch (detail.topic()) {
            case AVAILABLE_RANGE, AVAILABLE_SUBNET -> {
                if (!details.containsKey("availableRange")) {
                    put("availableRange", detail.text());
                }
            }
            case VENDOR_CLASS -> put("vendorClass", detail.text());
            case USER_CLASS -> put("userClass", detail.text());
            case CLIENT_NAME -> put("suppliedHostname", detail.text());
            case CLIENT_MAC -> clientMac = MacAddress.parse(detail.text()).orElse(null);
            case REQUESTED_OPTIONS -> addOptions(detail.text());
            case TAGS -> put("tags", detail.text().replace(",", ""));
            case BOOT_FILE -> put("bootFile", detail.text());
            case SERVER_NAME -> put("serverName", detail.text());
            case NEXT_SERVER -> put("nextServer", detail.text());
            case BROADCAST -> put("broadcast", "true");
            case SENT_OPTION, NESTED_OPTION -> sent(detail);
            case OTHER -> {
                // What a later version tells, or nobody needs.
            }
        }
    }

    private void put(String name, String text) {
        int room = Math.min(LeaseFact.MAX_DETAILS, HeardMessage.MAX_DETAILS) - 3; // trouble, message, interface
        if (!text.isBlank() && (details.size() < room || details.containsKey(name))) {
            details.put(name, text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT));
        }
    }

    /** From {@code 1:netmask, 3:router} the numbers: {@code 1,3}, as the script has them. A long list takes several lines. */
    private void addOptions(String text) {
        StringBuilder numbers = new StringBuilder(details.getOrDefault(OPTIONS, ""));
        for (String option : text.split(",", -1)) {
            String number = option.strip().split(":", 2)[0];
            if (!number.isEmpty() && number.length() <= 3 && number.chars().allMatch(c -> c >= '0' && c <= '9')) {
                numbers.append(numbers.isEmpty() ? "" : ",").append(number);
            }
        }
        put(OPTIONS, numbers.toString());
    }

    private void sent(LogEntry.DhcpDetail detail) {
        if (detail.topic() == DhcpTopic.SENT_OPTION && detail.option() == LEASE_TIME) {
            lifetimeSeconds = seconds(detail.text());
            put("leaseTime", detail.text());
        }
        int valid = detail.text().indexOf("VL=");
        if (valid >= 0) {
            String time = detail.text().substring(valid + 3).split(" ", 2)[0];
            lifetimeSeconds = seconds(time);
            put("leaseTime", time);
        }
    }

    /** As dnsmasq prints times: {@code 1d2h3m4s}, {@code 3600}, {@code infinite}; null where it is none of them. */
    static @Nullable Long seconds(String text) {
        if (text.equals("infinite")) {
            return FOR_EVER;
        }
        long sum = 0;
        long number = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                number = Math.max(number, 0) * 10 + (c - '0');
            } else if (number < 0) {
                return null;
            } else {
                long unit = switch (c) {
                    case 'd' -> 86_400;
                    case 'h' -> 3_600;
                    case 'm' -> 60;
                    case 's' -> 1;
                    default -> -1;
                };
                if (unit < 0) {
                    return null;
                }
                sum += number * unit;
                number = -1;
            }
            if (number > FOR_EVER || sum > FOR_EVER) {
                return null;
            }
        }
        sum += Math.max(number, 0);
        return text.isEmpty() || sum >= FOR_EVER ? null : Long.valueOf(sum);
    }
}
