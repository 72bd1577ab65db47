package io.innkeeper.wire.dnsmasq;

import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one {@code dhcp-host}; used once. Each field tells by its look what it is; of two names or times the last counts. */
final class DhcpHostParser {
    private final List<HardwarePattern> hardware = new ArrayList<>();
    private final List<String> setTags = new ArrayList<>();
    private final List<String> tagFilters = new ArrayList<>();
    private final List<HostAddress> addresses = new ArrayList<>();
    private @Nullable ClientId clientId;
    private @Nullable String name;
    private @Nullable LeaseTime leaseTime;
    private boolean anyClientId;
    private boolean ignore;

    ConfigValue<DhcpHost> parse(String value) {
        for (String field : ConfigFields.split(value)) {
            String reason = field.isEmpty() ? null : field(field);
            if (reason != null) {
                return new ConfigValue.Malformed<>(reason);
            }
        }
        return new ConfigValue.Valid<>(
                new DhcpHost(hardware, clientId, anyClientId, setTags, tagFilters, addresses, name, leaseTime, ignore));
    }

    /** Takes a field; the reason where it means nothing. */
    private @Nullable String field(String field) {
        if (field.startsWith("[")) {
            return address(HostAddress.parseV6(field), field);
        }
        return field.indexOf(':') >= 0 ? colonField(field) : plainField(field);
    }

    private @Nullable String colonField(String field) {
        if (field.toLowerCase(Locale.ROOT).startsWith("id:")) {
            return clientId(field.substring(3));
        }
        if (field.startsWith("set:") || field.startsWith("net:")) {
            setTags.add(ConfigFields.printable(field.substring(4)));
            return null;
        }
        if (field.startsWith("tag:")) {
            tagFilters.add(ConfigFields.printable(field.substring(4)));
            return null;
        }
        Optional<HardwarePattern> pattern = HardwarePattern.parse(field);
        pattern.ifPresent(hardware::add);
        return pattern.isPresent() ? null : "not a hardware address: " + ConfigFields.printable(field);
    }

    private @Nullable String clientId(String text) {
        if (text.startsWith("*")) {
            anyClientId = true;
            return null;
        }
        byte[] octets = text.indexOf(':') < 0
                ? ConfigFields.octets(text)
                : HexGroups.parse(text, ClientId.MAX_LENGTH)
                        .flatMap(HexGroups::exact)
                        .orElse(null);
        if (octets == null || octets.length == 0 || octets.length > ClientId.MAX_LENGTH) {
            return "not a client identifier: " + ConfigFields.printable(text);
        }
        clientId = ClientId.of(octets);
        return null;
    }

    private @Nullable String plainField(String field) {
        Optional<LeaseTime> time = LeaseTime.parse(field);
        if (time.isPresent()) {
            leaseTime = time.get();
            return null;
        }
        if (field.equals("ignore")) {
            ignore = true;
            return null;
        }
        boolean numeric = field.indexOf('.') >= 0 && field.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
        return numeric ? address(IpAddress.parse(field).map(HostAddress::ofV4), field) : name(field);
    }

    private @Nullable String address(Optional<HostAddress> address, String field) {
        if (address.isEmpty()) {
            return "not an address: " + ConfigFields.printable(field);
        }
        if (!address.get().v6()) {
            addresses.removeIf(earlier -> !earlier.v6());
        }
        addresses.add(address.get());
        return null;
    }

    private @Nullable String name(String field) {
        Optional<String> legal = HostNames.parse(field);
        legal.ifPresent(text -> name = text);
        return legal.isPresent() ? null : "not a host name: " + ConfigFields.printable(field);
    }
}
