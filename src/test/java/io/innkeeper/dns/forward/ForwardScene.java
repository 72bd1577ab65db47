package io.innkeeper.dns.forward;

import io.innkeeper.wire.dns.DnsClass;
import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.DnsRecord;
import io.innkeeper.wire.dns.Question;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.IpAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A forwarder with scripted upstreams, in a time of its own. */
final class ForwardScene {
    /** What an upstream does with a message. */
    interface Script {
        void asked(Sending sending, ForwardScene scene);
    }

    private record Later(long atMs, long order, Incoming incoming) {}

    final Forwarder<String> forwarder;
    final List<Sending> sent = new ArrayList<>();
    final List<Settled<String>> settled = new ArrayList<>();
    final List<Long> settledAtMs = new ArrayList<>();
    final List<ForValidator> forValidator = new ArrayList<>();
    private final Script[] scripts;
    private final PriorityQueue<Later> later =
            new PriorityQueue<>(Comparator.comparingLong(Later::atMs).thenComparingLong(Later::order));
    private long order;
    long nowMs = 1_000_000;

    ForwardScene(ForwardPlan plan, Script... scripts) {
        this(plan, 1, scripts);
    }

    ForwardScene(ForwardPlan plan, long seed, Script... scripts) {
        this.scripts = scripts;
        forwarder = new Forwarder<>(plan, new Random(seed)::nextInt);
    }

    static ForwardPlan plan(int upstreams) {
        return plan(upstreams, 1);
    }

    static ForwardPlan plan(int upstreams, int parallel) {
        List<UpstreamAddress> addresses = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < upstreams; i++) {
            addresses.add(UpstreamAddress.udp(IpAddress.v4(0xc0000200 + i), 53));
            places.add(i);
        }
        return new ForwardPlan(addresses, List.of(new Route(DnsName.ROOT, places)), parallel, 1_500, 5_000, 100, false);
    }

    static Asked a(String name) {
        return new Asked(DnsName.of(name), RecordType.A, DnsClass.IN, false, false);
    }

    /** Silence. */
    static Script never() {
        return (sending, scene) -> {};
    }

    static Script answers(long afterMs) {
        return (sending, scene) -> scene.reply(afterMs, sending, answer(sending, 1));
    }

    static Script says(long afterMs, int rcode) {
        return (sending, scene) -> scene.reply(afterMs, sending, failure(sending, rcode));
    }

    static Script unreachable(long afterMs) {
        return (sending, scene) ->
                scene.in(afterMs, new Failed(sending.upstream(), sending.ticket(), "connection refused"));
    }

    static DnsMessage query(Sending sending) {
        return (DnsMessage) DnsMessage.parse(sending.message(), 0, sending.message().length);
    }

    static byte[] answer(Sending sending, int address) {
        return answer(query(sending), address).write(DnsMessage.MIN_UDP_LENGTH);
    }

    static DnsMessage answer(DnsMessage query, int address) {
        Question question = query.questions().getFirst();
        return query.answer(DnsMessage.RECURSION_AVAILABLE, 0, null)
                .withAnswers(List.of(DnsRecord.address(question.name(), 300, IpAddress.v4(0x0a000000 + address))));
    }

    static byte[] failure(Sending sending, int rcode) {
        DnsMessage query = query(sending);
        return query.answer(DnsMessage.RECURSION_AVAILABLE, rcode, query.edns()).write(DnsMessage.MIN_UDP_LENGTH);
    }

    void reply(long afterMs, Sending sending, byte[] message) {
        in(afterMs, new Reply(sending.upstream(), sending.ticket(), message));
    }

    void in(long afterMs, Incoming incoming) {
        later.add(new Later(nowMs + afterMs, order++, incoming));
    }

    boolean ask(String name, @Nullable String waiter) {
        return ask(a(name), waiter);
    }

    boolean ask(Asked asked, @Nullable String waiter) {
        boolean taken = forwarder.ask(asked, waiter, nowMs);
        drain();
        return taken;
    }

    /** What comes now. */
    void receive(Incoming incoming) {
        forwarder.received(incoming, nowMs);
        drain();
    }

    /** Lets time pass. */
    void run(long forMs) {
        long until = nowMs + forMs;
        while (true) {
            Later next = later.peek();
            long comes = next == null ? Long.MAX_VALUE : next.atMs();
            long tick = Math.max(nowMs, forwarder.nextTick());
            if (Math.min(comes, tick) > until) {
                nowMs = until;
                return;
            }
            nowMs = Math.min(comes, tick);
            if (comes <= tick) {
                later.remove();
                forwarder.received(java.util.Objects.requireNonNull(next).incoming(), nowMs);
            } else {
                forwarder.tick(nowMs);
            }
            drain();
        }
    }

    private void drain() {
        for (Sending sending : forwarder.sendings()) {
            sent.add(sending);
            scripts[sending.upstream()].asked(sending, this);
        }
        for (Settled<String> one : forwarder.settled()) {
            settled.add(one);
            settledAtMs.add(nowMs);
        }
        forValidator.addAll(forwarder.forValidator());
    }

    /** The only one that ended. */
    Settled<String> only() {
        if (settled.size() != 1) {
            throw new AssertionError("not one: " + settled);
        }
        return settled.getFirst();
    }

    List<Integer> sentTo() {
        return sent.stream().map(Sending::upstream).toList();
    }

    /** Asks names until the forwarder knows its upstreams, and forgets that. */
    void warmUp() {
        for (int i = 0; i < 20; i++) {
            ask("warm" + i + ".example", null);
            run(200);
        }
        sent.clear();
        settled.clear();
    }
}
