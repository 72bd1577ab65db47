package io.innkeeper.dhcp;

import io.innkeeper.lease.Traits;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.Ja4d;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Octets;
import io.innkeeper.wire.net.PrintableText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A message that came, and who sent it. What is seldom needed is read when it is asked for. */
final class Request {
    /** Sub-options of option 82: RFC 3046 §2.0, RFC 3527, RFC 5107. */
    private static final int CIRCUIT_ID = 1;

    private static final int REMOTE_ID = 2;
    private static final int LINK_SELECTION = 5;
    private static final int SERVER_ID_OVERRIDE = 11;

    private static final int NAMED = 1;
    private static final int BROADCAST = 0xffff_ffff;

    /** As it came. */
    final DhcpMessage message;

    final Arrival arrival;

    /** The identity; null where the client has none. */
    final @Nullable ClientId client;

    /** True where the client sent option 61. */
    final boolean clientIdSent;

    /** Its hardware address; null where it sent none, or all zeros. */
    final @Nullable MacAddress mac;

    private final byte @Nullable [] relayInfo;
    private @Nullable String hostname;
    private int read;

    Request(DhcpMessage message, Arrival arrival) {
        this.message = message;
        this.arrival = arrival;
        MacAddress chaddr = message.chaddr();
        mac = chaddr == null || isZero(chaddr) ? null : chaddr;
        byte[] sent = message.options().get(OptionCode.CLIENT_ID);
        clientIdSent = sent != null && sent.length > 0 && sent.length <= ClientId.MAX_LENGTH;
        client = clientIdSent && sent != null ? ClientId.of(sent) : mac == null ? null : ClientId.ofHardware(mac);
        relayInfo = message.options().get(OptionCode.RELAY_AGENT);
    }

    private static boolean isZero(MacAddress mac) {
        return mac.prefix(48) == 0 && (mac.isEthernet() || allZero(mac.octets()));
    }

    private static boolean allZero(byte[] octets) {
        for (byte octet : octets) {
            if (octet != 0) {
                return false;
            }
        }
        return true;
    }

    /** True where it was sent to one host, not to everybody on the link. */
    boolean isUnicast() {
        return arrival.toAddress() != BROADCAST && message.giaddr() == 0;
    }

    /** A number for the sender, for limits. */
    long sender() {
        if (mac != null) {
            return mac.isEthernet() ? mac.prefix(48) : mac.hashCode();
        }
        return client == null ? 0 : ((long) client.hashCode() << 32) - 1;
    }

    /** Option 61 where it was sent. */
    @Nullable
    Octets sentClientId() {
        return clientIdSent ? octets(message.options().get(OptionCode.CLIENT_ID)) : null;
    }

    @Nullable
    Octets circuitId() {
        return octets(fromRelay(CIRCUIT_ID));
    }

    @Nullable
    Octets remoteId() {
        return octets(fromRelay(REMOTE_ID));
    }

    /** True where the relay names the circuit or the far end. */
    boolean hasRelayInfo() {
        return relayInfo != null;
    }

    /** RFC 3527: an address in the client's subnet; 0 where the relay says none. */
    int linkSelection() {
        return address(fromRelay(LINK_SELECTION));
    }

    /** RFC 5107: what the relay wants to see as the server's address; 0 where it says none. */
    int serverIdOverride() {
        return address(fromRelay(SERVER_ID_OVERRIDE));
    }

    private static @Nullable Octets octets(byte @Nullable [] value) {
        return value == null ? null : Octets.of(value);
    }

    private static int address(byte @Nullable [] value) {
        return value == null || value.length != 4
                ? 0
                : (value[0] & 0xff) << 24 | (value[1] & 0xff) << 16 | (value[2] & 0xff) << 8 | (value[3] & 0xff);
    }

    /** A sub-option of option 82; null where it is absent or cut short. */
    private byte @Nullable [] fromRelay(int code) {
        byte[] info = relayInfo;
        for (int at = 0; info != null && at + 2 <= info.length; at += 2 + (info[at + 1] & 0xff)) {
            int end = at + 2 + (info[at + 1] & 0xff);
            if ((info[at] & 0xff) == code && end <= info.length) {
                return Arrays.copyOfRange(info, at + 2, end);
            }
        }
        return null;
    }

    /** Option 60 as text. */
    @Nullable
    String vendorClass() {
        return text(OptionCode.VENDOR_CLASS);
    }

    private @Nullable String text(int code) {
        byte[] value = message.options().get(code);
        return value == null ? null : PrintableText.of(value, 0, value.length);
    }

    /** True where option 77 fits, as a whole or one of the classes in it: many clients send bare text (RFC 3004 §4). */
    boolean hasUserClass(Wildcard pattern) {
        byte[] value = message.options().get(OptionCode.USER_CLASS);
        if (value == null) {
            return false;
        }
        if (pattern.fits(new String(value, StandardCharsets.ISO_8859_1))) {
            return true;
        }
        for (int at = 0; at < value.length; at += 1 + (value[at] & 0xff)) {
            int end = at + 1 + (value[at] & 0xff);
            if (end > value.length) {
                return false;
            }
            if (pattern.fits(new String(value, at + 1, end - at - 1, StandardCharsets.ISO_8859_1))) {
                return true;
            }
        }
        return false;
    }

    /** Option 93 as it came. */
    byte @Nullable [] architectures() {
        return message.options().get(OptionCode.ARCHITECTURE);
    }

    /** What it calls itself, made a valid label. */
    @Nullable
    String hostname() {
        if ((read & NAMED) == 0) {
            read |= NAMED;
            hostname = HostNames.of(message.options());
        }
        return hostname;
    }

    /** Option 55 as it came; null where it asks for nothing in particular. */
    byte @Nullable [] asksFor() {
        return message.options().get(OptionCode.PARAMETER_REQUEST_LIST);
    }

    /** What it says of itself. */
    Traits traits() {
        byte[] asks = asksFor();
        String vendorClass = vendorClass();
        String userClass = text(OptionCode.USER_CLASS);
        return vendorClass == null && userClass == null && asks == null
                ? Traits.NONE
                : new Traits(
                        vendorClass,
                        userClass,
                        asks == null ? Octets.EMPTY : Octets.of(asks),
                        Ja4d.form(message.options()));
    }

    /** The content of option 82, for the lease. */
    @Nullable
    Octets relayInfo() {
        return octets(relayInfo);
    }

    /** The most octets it takes (RFC 2132 §9.10: at least 576, counted with the headers of IP and UDP). */
    int maxSize() {
        byte[] value = message.options().get(OptionCode.MAX_SIZE);
        if (value == null || value.length != 2) {
            return Outcome.USUAL_SIZE;
        }
        int asked = ((value[0] & 0xff) << 8 | (value[1] & 0xff)) - 28;
        return Math.clamp(asked, Outcome.USUAL_SIZE, Outcome.LARGEST_SIZE);
    }
}
