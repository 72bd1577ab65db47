package io.innkeeper.feed;

import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A DHCP message, or what went wrong with one, as a log tells of it.
 *
 * @param kind which message
 * @param at when it was written
 * @param mac of the client, where the log tells
 * @param duid of a DHCPv6 client, where the log tells
 * @param address that it is about, where the log tells
 * @param hostname of the client, where the log tells
 * @param interfaceName by which it came or went, where the log tells
 * @param transaction the number of its transaction, where the log tells (dnsmasq's {@code log-dhcp})
 * @param reason why, in the words of the log: of a refusal or a trouble; else null
 * @param details what else was told, at most {@value #MAX_DETAILS} short entries
 */
public record HeardMessage(
        Kind kind,
        Instant at,
        @Nullable MacAddress mac,
        @Nullable ClientId duid,
        @Nullable IpAddress address,
        @Nullable String hostname,
        @Nullable String interfaceName,
        @Nullable Long transaction,
        @Nullable String reason,
        Map<String, String> details) {
    /** The most details a message carries. */
    public static final int MAX_DETAILS = 32;

    /** The messages of DHCPv4 (RFC 2131), DHCPv6 (RFC 8415) and of routers (RFC 4861); a trouble is none of them. */
    public enum Kind {
        DISCOVER,
        OFFER,
        REQUEST,
        ACK,
        NAK,
        DECLINE,
        RELEASE,
        INFORM,
        SOLICIT,
        ADVERTISE,
        CONFIRM,
        RENEW,
        REBIND,
        REPLY,
        INFORMATION_REQUEST,
        ROUTER_SOLICIT,
        ROUTER_ADVERT,
        PROBLEM;

        /** The second part of the name of its event, such as {@code information-request}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** @throws IllegalArgumentException for more than {@value #MAX_DETAILS} details */
    public HeardMessage {
        if (details.size() > MAX_DETAILS) {
            throw new IllegalArgumentException("more than " + MAX_DETAILS + " details");
        }
        details = Collections.unmodifiableMap(new TreeMap<>(details));
    }
}
