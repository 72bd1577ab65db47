package io.innkeeper.dns;

import io.innkeeper.dns.Step.Next;
import io.innkeeper.dns.log.QueryStep;
import io.innkeeper.wire.dns.DnsClass;
import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.DnsRecord;
import io.innkeeper.wire.dns.Edns;
import io.innkeeper.wire.dns.Question;
import io.innkeeper.wire.dns.Rcode;
import io.innkeeper.wire.net.MacAddress;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a question is answered as it is.
 *
 * @param step which step answers; FORWARDED where an upstream would be asked
 * @param rcode the code of the answer, in words; empty where there is none yet
 * @param records of the answer, as lines of a zone file
 * @param keptMs for how long the answer was kept; -1 where it is not from the cache
 * @param list the number of the block list that decides; -1 for none
 * @param steps what each step found, in order
 * @param device the device behind the address; null where nobody knows
 * @param group its group; empty for none
 * @param mode what is done with its questions
 */
public record Explanation(
        QueryStep step,
        String rcode,
        List<String> records,
        long keptMs,
        int list,
        List<String> steps,
        @Nullable MacAddress device,
        String group,
        String mode) {
    /** Copies the lists. */
    public Explanation {
        records = List.copyOf(records);
        steps = List.copyOf(steps);
    }

    /** A question as a client would ask it. */
    static byte[] query(DnsName name, int type) {
        return DnsMessage.query(
                        0,
                        DnsMessage.RECURSION_DESIRED,
                        new Question(name, type, DnsClass.IN),
                        Edns.of(Reply.UDP_SIZE, false))
                .write(DnsMessage.MAX_LENGTH);
    }

    static Explanation of(Ask ask, Next next) {
        boolean answered = next == Next.ANSWERED;
        List<String> records = answered && DnsMessage.parse(ask.out, 0, ask.outLength) instanceof DnsMessage message
                ? message.answers().stream().map(DnsRecord::text).toList()
                : List.of();
        return new Explanation(
                ask.step,
                answered ? Rcode.text(ask.rcode) : "",
                records,
                ask.keptMs,
                ask.step == QueryStep.BLOCKED ? ask.detail : -1,
                Objects.requireNonNullElse(ask.trace, List.of()),
                ask.hasClient() ? ask.client().device : null,
                ask.hasClient() ? ask.policy().groupName() : "",
                ask.hasClient()
                        ? ask.policy().mode().name().toLowerCase(Locale.ROOT).replace('_', '-')
                        : "");
    }
}
