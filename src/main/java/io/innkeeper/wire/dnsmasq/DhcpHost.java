package io.innkeeper.wire.dnsmasq;

import io.innkeeper.wire.net.ClientId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code dhcp-host} says, also a line of a {@code dhcp-hostsfile} (dnsmasq(8)). Everything may be left out.
 *
 * @param hardware the hardware addresses it is for
 * @param clientId the client identifier or DUID it is for
 * @param anyClientId true for {@code id:*}: the client's identifier is not looked at
 * @param setTags the tags it sets ({@code set:}, or {@code net:} in old texts)
 * @param tagFilters the tags a request must have for it to count ({@code tag:})
 * @param addresses what it fixes: at most one IPv4 address and any number of IPv6 ones
 * @param name the host name it gives; where there is neither hardware nor identifier, the name it is for
 * @param leaseTime the lease time it gives
 * @param ignore true where the host gets no lease at all
 */
public record DhcpHost(
        List<HardwarePattern> hardware,
        @Nullable ClientId clientId,
        boolean anyClientId,
        List<String> setTags,
        List<String> tagFilters,
        List<HostAddress> addresses,
        @Nullable String name,
        @Nullable LeaseTime leaseTime,
        boolean ignore) {
    /** Copies the lists. */
    public DhcpHost {
        hardware = List.copyOf(hardware);
        setTags = List.copyOf(setTags);
        tagFilters = List.copyOf(tagFilters);
        addresses = List.copyOf(addresses);
    }

    /** Reads the right side of {@code dhcp-host=}, as {@link ConfigLine#value()} has it. */
    public static ConfigValue<DhcpHost> parse(String value) {
        return new DhcpHostParser().parse(value);
    }

    /** The name, where it alone says which host is meant; else null. */
    public @Nullable String nameToMatch() {
        return hardware.isEmpty() && clientId == null ? name : null;
    }

    /** True where it can fix an address: it has one and does not shut the host out. */
    public boolean fixesAddress() {
        return !addresses.isEmpty() && !ignore;
    }
}
