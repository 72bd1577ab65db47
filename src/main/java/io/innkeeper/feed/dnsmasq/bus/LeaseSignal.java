package io.innkeeper.feed.dnsmasq.bus;

import io.innkeeper.wire.dnsmasq.ScriptNotice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a dnsmasq signals of a lease: address, hardware address (for IPv6 the DUID) and name, all of them texts. */
final class LeaseSignal {
    private LeaseSignal() {}

    /** True for a signal about a lease, whatever it carries. */
    static boolean isLease(String signal) {
        return action(signal) != null;
    }

    private static @Nullable String action(String signal) {
        return switch (signal) {
            case "DhcpLeaseAdded" -> "add";
            case "DhcpLeaseUpdated" -> "old";
            case "DhcpLeaseDeleted" -> "del";
            default -> null; // Up, and those of later versions
        };
    }

    /** The notice; empty for another signal, or one that carries something else. Never throws. */
    static Optional<ScriptNotice> read(String signal, List<Object> arguments, String source) {
        String action = action(signal);
        if (action == null
                || arguments.size() < 3
                || !(arguments.get(0) instanceof String address)
                || !(arguments.get(1) instanceof String holder)
                || !(arguments.get(2) instanceof String hostname)) {
            return Optional.empty();
        }
        return notice(action, address, holder, hostname, Map.of(), source);
    }

    /** The notice that these texts make; empty where they do not. */
    static Optional<ScriptNotice> notice(
            String action, String address, String holder, String hostname, Map<String, String> more, String source) {
        Map<String, String> fields = new LinkedHashMap<>(more);
        fields.put("action", action);
        fields.put("ip", address);
        fields.put("mac", holder);
        fields.put("hostname", hostname);
        fields.put("source", source);
        ScriptNotice notice = ScriptNotice.parse(fields).notice();
        return Optional.ofNullable(notice).filter(read -> read.address() != null);
    }
}
