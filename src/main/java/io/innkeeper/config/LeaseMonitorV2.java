package io.innkeeper.config;

import io.innkeeper.wire.rdk.SpAddress;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The section {@code lease-monitor.v2}.
 *
 * @param listen where senders are heard
 * @param keys the keys that are valid, by their numbers; empty for connections in plain
 * @param announce how senders find it
 * @param limits what senders may take
 */
@Doc("Version 2 of the protocol: acknowledged, told once, encrypted. It is not spoken without this section.")
public record LeaseMonitorV2(
        @Doc("Where senders are heard: `tcp://127.0.0.1:50326`, `ipc:///run/leases-v2.sock`; port 0 is any.")
        @OneOrMany
        @Default("tcp://127.0.0.1:50326")
        List<SpAddress> listen,

        @Doc(
                "The keys that senders may use, by number (1 to 65535): 32 octets in base64, as `file:/path`, `env:NAME` or"
                        + " text. A file that changes is read again. Without keys, connections are in plain, and only this"
                        + " machine may reach them.")
        Map<String, SecretText> keys,

        @Doc("How senders find it.") LeaseMonitorAnnounce announce,

        @Doc("What senders may take.") LeaseMonitorV2Limits limits) {
    /** Copies list and map. */
    public LeaseMonitorV2 {
        listen = List.copyOf(listen);
        keys = Map.copyOf(keys);
    }

    /**
     * The octets of one of the keys, read anew where it stands elsewhere.
     *
     * @throws IOException if it cannot be read, or is no key; the message says what to do
     */
    public static byte[] octets(SecretText key, Map<String, String> environment) throws IOException {
        return LeaseMonitorV2Check.octets(key, environment);
    }
}
