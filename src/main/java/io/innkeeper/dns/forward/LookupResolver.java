package io.innkeeper.dns.forward;

import io.innkeeper.wire.dns.DnsName;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.TSIG;

/** What the validating library asks goes to the {@link Forwarder}, but for the answer that is at hand already. */
final class LookupResolver implements Resolver {
    /** Lookups at once. */
    static final int MOST_OPEN = Forwarder.MOST_LOOKUPS;

    private final Consumer<Incoming> sink;
    private final Map<Asked, Message> atHand = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<Message>> open = new ConcurrentHashMap<>();
    private final AtomicLong lastLookup = new AtomicLong();

    LookupResolver(Consumer<Incoming> sink) {
        this.sink = sink;
    }

    /** The answer to this question is known until {@link #forget}. */
    void know(Asked question, Message answer) {
        atHand.put(question, answer);
    }

    void forget(Asked question) {
        atHand.remove(question);
    }

    /** The answer to a lookup; null where there is none. */
    void found(long lookup, byte @Nullable [] response) {
        CompletableFuture<Message> waiting = open.remove(lookup);
        if (waiting == null) {
            return;
        }
        if (response == null) {
            waiting.completeExceptionally(new IOException("no upstream answers"));
            return;
        }
        try {
            waiting.complete(new Message(response));
        } catch (IOException e) {
            waiting.completeExceptionally(e);
        }
    }

    @Override
    public CompletionStage<Message> sendAsync(Message query, Executor executor) {
        Record question = query.getQuestion();
        byte[] name = question.getName().toWire();
        Asked asked =
                new Asked(DnsName.ofWire(name, 0, name.length), question.getType(), question.getDClass(), true, true);
        Message known = atHand.get(asked);
        if (known != null) {
            return CompletableFuture.completedFuture(known.clone());
        }
        CompletableFuture<Message> waiting = new CompletableFuture<>();
        if (open.size() >= MOST_OPEN) {
            waiting.completeExceptionally(new IOException("too many lookups are open"));
            return waiting;
        }
        long lookup = lastLookup.incrementAndGet();
        open.put(lookup, waiting);
        var _ = waiting.orTimeout(ForwardPlan.DEADLINE_MS + 1_000, TimeUnit.MILLISECONDS)
                .whenComplete((_, _) -> open.remove(lookup));
        sink.accept(new Lookup(lookup, asked));
        return waiting;
    }

    @Override
    public CompletionStage<Message> sendAsync(Message query) {
        return sendAsync(query, Runnable::run);
    }

    @Override
    public void setPort(int port) {
        // The forwarder knows.
    }

    @Override
    public void setTCP(boolean flag) {
        // The forwarder decides.
    }

    @Override
    public void setIgnoreTruncation(boolean flag) {
        // The forwarder decides.
    }

    @Override
    public void setEDNS(int version, int payloadSize, int flags, List<EDNSOption> options) {
        // The forwarder sets DO.
    }

    @Override
    public void setTSIGKey(TSIG key) {
        // Upstreams have no keys.
    }

    @Override
    public void setTimeout(Duration timeout) {
        // The forwarder has its deadline.
    }
}
