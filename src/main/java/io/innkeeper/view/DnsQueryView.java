package io.innkeeper.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A question that the DNS server answered, as JSON.
 *
 * @param number its number in the query log; later ones are greater
 * @param at when it came
 * @param client who asked; null where the log is anonymous
 * @param device the hardware address of the device that had the client's address then; null where nobody knew
 * @param deviceName what that device is called now; null where it has no name
 * @param name what was asked for, in small letters
 * @param type the type that was asked for, such as AAAA
 * @param rcode the code of the answer, such as NOERROR
 * @param step which step answered: refused, limited, local, blocked, rewritten, cached, stale, forwarded, failed or dropped
 * @param list the list that blocks it; null for other steps
 * @param upstream the upstream that answered; null for other steps
 * @param micros from question to answer, in millionths of a second
 * @param transport udp, tcp, tls or https
 * @param security what the signatures say: unchecked, secure, insecure, bogus or indeterminate
 */
public record DnsQueryView(
        long number,
        Instant at,
        @Nullable String client,
        @Nullable String device,
        @Nullable String deviceName,
        String name,
        String type,
        String rcode,
        String step,
        @Nullable String list,
        @Nullable String upstream,
        long micros,
        String transport,
        String security) {}
