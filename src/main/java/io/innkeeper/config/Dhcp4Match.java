package io.innkeeper.config;

import io.innkeeper.wire.net.IpAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client must be like; everything that is given must fit. Texts may have {@code *} for any characters.
 *
 * @param mac patterns, of which one must fit; empty for any
 * @param clientId option 61; null for any
 * @param vendor the maker by the IEEE registry; null for any
 * @param vendorClass option 60; null for any
 * @param userClass option 77; null for any
 * @param hostname option 12; null for any
 * @param circuitId of the relay, option 82; null for any
 * @param remoteId of the relay, option 82; null for any
 * @param relay addresses of relays; empty for any
 * @param architecture option 93 (RFC 4578 §2.1); empty for any
 * @param random true for locally administered MAC addresses, false for others; null for any
 */
@Doc(
        "Which clients are meant: everything that is given must fit. Texts may have `*` for any characters, upper and lower case are the same. A MAC pattern alone needs no section.")
public record Dhcp4Match(
        @Doc(
                "A MAC address or a pattern such as `00:11:22:*` or `00:11:22:33:40:00/44`, or a list of which one must fit.")
        @Shorthand
        @OneOrMany
        List<MacMask> mac,

        @Doc("The client identifier: a text, or octets such as `0x0102` or `01:02`.") @Nullable
        OctetText clientId,

        @Doc("The maker by the IEEE registry, such as `Espressif*`.") @Nullable
        String vendor,

        @Doc("The vendor class (option 60), such as `PXEClient*`.") @Nullable
        String vendorClass,

        @Doc("The user class (option 77), such as `iPXE`.") @Nullable
        String userClass,

        @Doc("What the client calls itself, such as `esp-*`.") @Nullable
        String hostname,

        @Doc("The circuit-id that the relay adds: a text, or octets.") @Nullable
        OctetText circuitId,

        @Doc("The remote-id that the relay adds: a text, or octets.") @Nullable
        OctetText remoteId,

        @Doc("The address of the relay, or a list of them.")
        @OneOrMany
        @Matches(pattern = Dhcp4Config.V4, words = "an IPv4 address")
        List<IpAddress> relay,

        @Doc(
                "The architecture of a client that boots (option 93), or a list: 0 BIOS, 7 and 9 UEFI, 11 ARM, 16 UEFI over HTTP.")
        @OneOrMany
        @Range(min = "0", max = "65535")
        List<Integer> architecture,

        @Doc("Whether the MAC address is made up by the device, as phones do for privacy.") @Nullable
        Boolean random) {

    /** Copies the lists. */
    public Dhcp4Match {
        mac = List.copyOf(mac);
        relay = List.copyOf(relay);
        architecture = List.copyOf(architecture);
    }

    /** True where nothing is given, which would fit everybody. */
    public boolean isEmpty() {
        return mac.isEmpty()
                && clientId == null
                && vendor == null
                && vendorClass == null
                && userClass == null
                && hostname == null
                && circuitId == null
                && remoteId == null
                && relay.isEmpty()
                && architecture.isEmpty()
                && random == null;
    }
}
