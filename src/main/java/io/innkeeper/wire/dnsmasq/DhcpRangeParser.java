package io.innkeeper.wire.dnsmasq;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one {@code dhcp-range}; used once. Fields are taken from the front, each only where its turn is. */
final class DhcpRangeParser {
    private static final String CONSTRUCTOR = "constructor:";
    private static final int DEFAULT_LENGTH = 64;

    private final Deque<String> fields = new ArrayDeque<>();
    private final List<String> tagFilters = new ArrayList<>();
    private final Set<String> modes = new LinkedHashSet<>();
    private @Nullable String setTag;
    private @Nullable IpAddress end;
    private @Nullable Prefix subnet;
    private @Nullable IpAddress broadcast;
    private @Nullable String constructor;
    private @Nullable LeaseTime leaseTime;

    ConfigValue<DhcpRange> parse(String value) {
        fields.addAll(ConfigFields.split(value));
        String tags = takeTags();
        if (tags != null) {
            return new ConfigValue.Malformed<>(tags);
        }
        Optional<IpAddress> first = IpAddress.parse(fields.isEmpty() ? "" : fields.poll());
        if (first.isEmpty()) {
            return new ConfigValue.Malformed<>("no start address");
        }
        if (fields.isEmpty()) {
            return new ConfigValue.Malformed<>("neither an end address nor a mode");
        }
        IpAddress start = first.get();
        String reason = start.v6() ? takeV6(start) : takeV4(start);
        reason = reason == null ? takeLeaseTime() : reason;
        return reason != null ? new ConfigValue.Malformed<>(reason) : new ConfigValue.Valid<>(range(start));
    }

    private DhcpRange range(IpAddress start) {
        IpAddress last = end == null ? start : end;
        boolean turned = last.compareTo(start) < 0;
        return new DhcpRange(
                setTag,
                tagFilters,
                turned ? last : start,
                turned ? start : last,
                modes,
                subnet,
                broadcast,
                constructor,
                leaseTime);
    }

    /** Whatever stands before the first address: {@code tag:x}, {@code set:x}, or a bare tag as in old texts. */
    private @Nullable String takeTags() {
        while (fields.size() > 1 && IpAddress.parse(fields.element()).isEmpty()) {
            String field = fields.remove();
            if (field.startsWith("tag:")) {
                tagFilters.add(ConfigFields.printable(field.substring(4)));
            } else if (setTag != null) {
                return "more than one tag to set, or no start address";
            } else {
                setTag = ConfigFields.printable(field.startsWith("set:") ? field.substring(4) : field);
            }
        }
        return null;
    }

    private @Nullable String takeV4(IpAddress start) {
        String second = fields.remove();
        if (second.equals("static") || second.equals("proxy")) {
            modes.add(second);
        } else {
            end = v4(second);
            if (end == null) {
                return "neither an end address nor a mode: " + ConfigFields.printable(second);
            }
        }
        IpAddress mask = fields.isEmpty() ? null : v4(fields.element());
        if (mask == null) {
            return null;
        }
        fields.remove();
        subnet = Prefix.ofMask(start, mask).orElse(null);
        if (subnet == null) {
            return "not a netmask: " + mask;
        }
        broadcast = fields.isEmpty() ? null : v4(fields.element());
        if (broadcast != null) {
            fields.remove();
        }
        return end == null || subnet.contains(end) ? null : "start and end are not in one network";
    }

    private static @Nullable IpAddress v4(String field) {
        return IpAddress.parse(field).filter(address -> !address.v6()).orElse(null);
    }

    private @Nullable String takeV6(IpAddress start) {
        end = IpAddress.parse(fields.element()).filter(IpAddress::v6).orElse(null);
        if (end != null) {
            fields.remove();
        }
        while (!fields.isEmpty() && takeMode(fields.element())) {
            fields.remove();
        }
        int length = takeLength();
        if (length < DEFAULT_LENGTH || (length > DEFAULT_LENGTH && constructor != null)) {
            return "the prefix length must be " + (constructor == null ? "64 or more" : "64");
        }
        Prefix network = new Prefix(start, length);
        if (end != null && !network.contains(end)) {
            return "start and end are not in one network";
        }
        boolean anywhere = network.network().high() == 0 && network.network().low() == 0;
        subnet = constructor != null || anywhere ? null : network;
        return null;
    }

    private boolean takeMode(String field) {
        if (field.startsWith(CONSTRUCTOR)) {
            constructor = ConfigFields.printable(field.substring(CONSTRUCTOR.length()));
            return true;
        }
        boolean mode = DhcpRange.MODES.contains(field) && !field.equals("proxy") && !field.equals("deprecated");
        if (mode) {
            modes.add(field);
        }
        return mode;
    }

    /** A bare number up to 128 is the prefix length; a larger one is a lease time in seconds. */
    private int takeLength() {
        String field = fields.isEmpty() ? "" : fields.element();
        if (!ConfigFields.digits(field) || field.length() > 3 || Integer.parseInt(field) > 128) {
            return DEFAULT_LENGTH;
        }
        fields.remove();
        return Integer.parseInt(field);
    }

    private @Nullable String takeLeaseTime() {
        if (fields.isEmpty()) {
            return null;
        }
        String field = fields.remove();
        leaseTime = LeaseTime.parse(field).orElse(null);
        if (leaseTime == null && field.equals("deprecated")) {
            modes.add(field);
        } else if (leaseTime == null && !field.isEmpty()) {
            return "not a lease time: " + ConfigFields.printable(field);
        }
        return fields.isEmpty() ? null : "more fields than a range has";
    }
}
