package io.innkeeper.dns.forward;

import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsRecord;
import io.innkeeper.wire.dns.Edns;
import io.innkeeper.wire.dns.RecordType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.dnssec.ValidatingResolver;

/** Checks the signatures of answers (DNSSEC, RFC 4035 §5), on threads beside the loop, by the library dnsjava. */
public final class Validator implements AutoCloseable {
    /** The keys of the root zone (IANA root-anchors.xml): that of 2017, and that of 2024, which takes over. */
    static final List<String> ROOT_ANCHORS = List.of(
            ". 172800 IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D",
            ". 172800 IN DS 38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16");

    /** Work that waits for the thread. */
    static final int MOST_WAITING = 4_096;

    private static final Logger LOG = LoggerFactory.getLogger(Validator.class);

    private static final int AD = 0x20;
    private static final int CD = 0x10;
    private static final int IN_BYTE = 3;

    private final Consumer<Incoming> sink;
    private final LookupResolver lookups;
    private final ValidatingResolver resolver;
    private final ThreadPoolExecutor thread;
    private volatile boolean closed;

    /**
     * @param anchors trusted DS or DNSKEY records, as lines of a zone file; empty for those of the root zone
     * @param clock against which signatures are checked
     * @param sink takes each {@link Lookup} and {@link Checked}; must not block
     * @throws IllegalArgumentException for an anchor that cannot be read
     */
    public Validator(List<String> anchors, Clock clock, Consumer<Incoming> sink) {
        this.sink = sink;
        lookups = new LookupResolver(this::tell);
        resolver = new ValidatingResolver(lookups, clock);
        String text = String.join("\n", anchors.isEmpty() ? ROOT_ANCHORS : anchors) + "\n";
        try {
            resolver.loadTrustAnchors(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new IllegalArgumentException("no trust anchors: " + e.getMessage(), e);
        }
        thread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().daemon().name("dns-validator").factory());
    }

    private void tell(Incoming incoming) {
        if (!closed) {
            sink.accept(incoming);
        }
    }

    /** Takes work. Never blocks; where too much waits already, the answer is indeterminate. */
    public void accept(ForValidator work) {
        try {
            thread.execute(() -> start(work));
        } catch (RejectedExecutionException _) {
            refuse(work);
        }
    }

    private void refuse(ForValidator work) {
        if (work instanceof ForValidator.Check check) {
            tell(new Checked(check.check(), Security.INDETERMINATE, "too much waits to be checked", check.response()));
        }
    }

    private void start(ForValidator work) {
        switch (work) {
            case ForValidator.Check check -> check(check);
            case ForValidator.Found found -> lookups.found(found.lookup(), found.response());
        }
    }

    private void check(ForValidator.Check check) {
        Asked asked = check.question();
        Asked atHand = new Asked(asked.name(), asked.type(), asked.dnsClass(), true, true);
        try {
            Message answer = new Message(check.response());
            lookups.know(atHand, answer);
            resolver.sendAsync(Message.newQuery(answer.getQuestion()), thread).whenComplete((checked, failure) -> {
                lookups.forget(atHand);
                ended(check, checked, failure);
            });
        } catch (IOException | RuntimeException e) {
            lookups.forget(atHand);
            ended(check, null, e);
        }
    }

    private void ended(ForValidator.Check check, @Nullable Message checked, @Nullable Throwable failure) {
        if (checked == null) {
            LOG.debug("{} could not be checked", check.question(), failure);
            String why = failure == null ? "not checked" : String.valueOf(failure.getMessage());
            tell(new Checked(check.check(), Security.INDETERMINATE, why, check.response()));
            return;
        }
        boolean secure = checked.getHeader().getFlag(Flags.AD);
        boolean bogus = checked.getRcode() == Rcode.SERVFAIL;
        Security security = bogus ? Security.BOGUS : secure ? Security.SECURE : Security.INSECURE;
        byte[] response = bogus ? check.response() : response(check, secure);
        tell(new Checked(check.check(), security, bogus ? reason(checked) : "", response));
    }

    /** The library says why in a record of a class of its own. */
    private static String reason(Message checked) {
        for (Record record : checked.getSection(Section.ADDITIONAL)) {
            if (record instanceof TXTRecord text && record.getDClass() == ValidatingResolver.VALIDATION_REASON_QCLASS) {
                return String.join("", text.getStrings());
            }
        }
        return "bogus";
    }

    /** The answer as it is given: CD was ours, AD says what we found, signatures only for those who want them. */
    static byte[] response(ForValidator.Check check, boolean secure) {
        byte[] response = check.response().clone();
        response[IN_BYTE] = (byte) ((response[IN_BYTE] & ~(AD | CD)) | (secure ? AD : 0));
        return check.question().dnssecOk()
                ? response
                : plain(response, check.question().type());
    }

    private static byte[] plain(byte[] response, int type) {
        if (!(DnsMessage.parse(response, 0, response.length) instanceof DnsMessage message)) {
            return response;
        }
        Edns edns = message.edns();
        return message.withAnswers(plain(message.answers(), type))
                .withAuthorities(plain(message.authorities(), type))
                .withAdditionals(plain(message.additionals(), type))
                .withEdns(
                        edns == null
                                ? null
                                : new Edns(edns.udpSize(), edns.version(), false, edns.extendedRcode(), edns.options()))
                .write(DnsMessage.MAX_LENGTH);
    }

    /** Without what only belongs to signatures, unless that was asked for (RFC 4035 §3.2.1). */
    private static List<DnsRecord> plain(List<DnsRecord> records, int type) {
        return records.stream()
                .filter(record -> record.type() == type || type == RecordType.ANY || !ofSignatures(record.type()))
                .toList();
    }

    private static boolean ofSignatures(int type) {
        return type == RecordType.RRSIG || type == RecordType.NSEC || type == RecordType.NSEC3;
    }

    /** Stops the thread; nothing comes any more. */
    @Override
    public void close() {
        closed = true;
        thread.shutdownNow();
    }
}
