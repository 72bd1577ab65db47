package io.innkeeper.dns.log;

import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question that was answered, as the query log has it.
 *
 * @param sequence its number: each row has a greater one than those before
 * @param atMs when it came, in milliseconds since 1970
 * @param client who asked; null where the log is anonymous
 * @param device whose address that was at the time; null where nobody knew
 * @param name what was asked for, in small letters
 * @param type the type that was asked for, 0 to 65535
 * @param rcode the answer's code, with the upper bits of EDNS
 * @param step which step answered
 * @param detail the name of the list that blocks or the upstream that answered, as it was called then; may be empty
 * @param micros from question to answer, in millionths of a second
 * @param transport the place in {@code Transport}: 0 UDP, 1 TCP, 2 TLS, 3 HTTPS
 * @param security the place in {@code Security}: 0 unchecked, 1 secure, 2 insecure, 3 bogus, 4 indeterminate
 */
public record QueryRow(
        long sequence,
        long atMs,
        @Nullable IpAddress client,
        @Nullable MacAddress device,
        DnsName name,
        int type,
        int rcode,
        QueryStep step,
        String detail,
        int micros,
        int transport,
        int security) {
    private static final List<String> TRANSPORTS = List.of("udp", "tcp", "tls", "https");

    /** How the question came, in lower case. */
    public String transportText() {
        return transport < TRANSPORTS.size() ? TRANSPORTS.get(transport) : Integer.toString(transport);
    }
}
