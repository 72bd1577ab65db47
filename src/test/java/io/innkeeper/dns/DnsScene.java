package io.innkeeper.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.config.ConfigDocument;
import io.innkeeper.config.ConfigLoader;
import io.innkeeper.config.ConfigResult;
import io.innkeeper.config.DnsConfig;
import io.innkeeper.dns.Step.Next;
import io.innkeeper.dns.block.RuleSet;
import io.innkeeper.dns.forward.Incoming;
import io.innkeeper.dns.forward.Sending;
import io.innkeeper.dns.log.QueryStep;
import io.innkeeper.wire.dns.DnsClass;
import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.DnsRecord;
import io.innkeeper.wire.dns.Edns;
import io.innkeeper.wire.dns.EdnsOption;
import io.innkeeper.wire.dns.Question;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Octets;
import io.innkeeper.wire.net.Prefix;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** An engine with scripted upstreams, in a time of its own. */
final class DnsScene {
    /** A Monday, at noon. */
    static final long START_MS = Instant.parse("2027-01-04T12:00:00Z").toEpochMilli();

    /** What an upstream does with a message. */
    interface Script {
        void asked(Sending sending, DnsMessage query, DnsScene scene);
    }

    /** A question of a client, and what came of it. */
    static final class Talk {
        final IpAddress client;
        final byte[] query;
        final long askedAtMs;
        final List<byte[]> answers = new ArrayList<>();
        long answeredAtMs = -1;

        @Nullable
        QueryStep step;

        int detail;
        boolean dropped;

        Talk(IpAddress client, byte[] query, long askedAtMs) {
            this.client = client;
            this.query = query;
            this.askedAtMs = askedAtMs;
        }

        /** The only answer. */
        DnsMessage answer() {
            assertThat(answers).as("answers").hasSize(1);
            byte[] bytes = answers.getFirst();
            return (DnsMessage) DnsMessage.parse(bytes, 0, bytes.length);
        }

        boolean isAnswered() {
            return !answers.isEmpty();
        }

        /** {@code A 192.0.2.1 @300} for each. */
        List<String> records() {
            return answer().answers().stream().map(DnsScene::text).toList();
        }

        int rcode() {
            return answer().rcode();
        }
    }

    /** How a question is asked. */
    static final class Asking {
        IpAddress client = IpAddress.parse("192.168.1.10").orElseThrow();
        String name = "www.example";
        int type = RecordType.A;
        int dnsClass = DnsClass.IN;
        int id = 4711;
        int listener;
        Transport transport = Transport.UDP;
        boolean recursion = true;
        boolean checkingDisabled;
        boolean dnssecOk;
        boolean explained;
        /** 0 for no EDNS. */
        int udpSize = 1232;

        byte @Nullable [] cookie;

        byte[] bytes() {
            int flags = (recursion ? DnsMessage.RECURSION_DESIRED : 0)
                    | (checkingDisabled ? DnsMessage.CHECKING_DISABLED : 0);
            Edns edns = udpSize == 0 ? null : Edns.of(udpSize, dnssecOk);
            if (edns != null && cookie != null) {
                edns = edns.withOptions(List.of(new EdnsOption(EdnsOption.COOKIE, Octets.of(cookie))));
            }
            return DnsMessage.query(id, flags, new Question(DnsName.of(name), type, dnsClass), edns)
                    .write(DnsMessage.MAX_LENGTH);
        }
    }

    private record Later(long atMs, long order, Incoming incoming) {}

    final DnsEngine engine;
    final TestingZone zone = new TestingZone();
    final List<Sending> sent = new ArrayList<>();
    final List<Script> upstreams = new ArrayList<>();
    private final Ask ask = new Ask();
    private final PriorityQueue<Later> later =
            new PriorityQueue<>(Comparator.comparingLong(Later::atMs).thenComparingLong(Later::order));
    private final IdentityHashMap<Object, Talk> waiting = new IdentityHashMap<>();
    private RuleSet rules = RuleSet.EMPTY;
    private @Nullable RuleSet toldRules;
    private long[] listsOn = {};
    private DnsConfig config;
    private long order;
    long nowMs = START_MS;

    DnsScene(String yaml) {
        this(yaml, 1);
    }

    DnsScene(String yaml, long seed) {
        this(config(yaml), seed);
    }

    DnsScene(DnsConfig config, long seed) {
        this.config = config;
        engine = new DnsEngine(plan(config), new Cookies(17, 4), new Random(seed)::nextInt);
        for (int i = 0; i < 8; i++) {
            upstreams.add(answers(0));
        }
        lists();
    }

    static DnsConfig config(String yaml) {
        ConfigDocument document = new ConfigDocument("innkeeper.yaml", "dns:\n" + yaml.indent(2));
        ConfigResult result = ConfigLoader.load(document, Map.of(), List.of(), null);
        assertThat(result).as(result.text()).isInstanceOf(ConfigResult.Valid.class);
        return Objects.requireNonNull(((ConfigResult.Valid) result).config().dns());
    }

    static DnsPlan plan(DnsConfig config) {
        return DnsPlanBuilder.of(
                config, List.of(), List.of(Prefix.parse("203.0.113.0/24").orElseThrow()));
    }

    static String text(DnsRecord record) {
        return RecordType.text(record.type()) + " " + record.data().text() + " @" + record.ttl();
    }

    /** {@code zone @ttl}: the record that says how long a no may be kept. */
    static String soa(DnsRecord record) {
        return RecordType.text(record.type()) + " " + record.name() + " @" + record.ttl();
    }

    static List<String> flags(DnsMessage message) {
        List<String> flags = new ArrayList<>();
        Map.of(
                        "aa", message.authoritative(),
                        "tc", message.truncated(),
                        "rd", message.recursionDesired(),
                        "ra", message.recursionAvailable(),
                        "ad", message.authenticData(),
                        "cd", message.checkingDisabled(),
                        "edns", message.edns() != null,
                        "cookie",
                                message.edns() != null
                                        && message.edns()
                                                .option(EdnsOption.COOKIE)
                                                .isPresent())
                .forEach((flag, set) -> {
                    if (set) {
                        flags.add(flag);
                    }
                });
        return flags;
    }

    /** -1 for none. */
    static int extendedError(DnsMessage message) {
        Edns edns = message.edns();
        return edns == null
                ? -1
                : edns.option(EdnsOption.EXTENDED_ERROR)
                        .map(octets -> (octets.toArray()[0] & 0xff) << 8 | (octets.toArray()[1] & 0xff))
                        .orElse(-1);
    }

    static Script never() {
        return (sending, query, scene) -> {};
    }

    static Script answers(long afterMs) {
        return (sending, query, scene) ->
                scene.reply(afterMs, sending, scene.zone.answer(query).write(sending.stream() ? 65_535 : 1232));
    }

    static Script says(long afterMs, int rcode) {
        return (sending, query, scene) -> scene.reply(
                afterMs,
                sending,
                query.answer(DnsMessage.RECURSION_AVAILABLE, rcode, query.edns())
                        .write(512));
    }

    void reply(long afterMs, Sending sending, byte[] message) {
        later.add(new Later(
                nowMs + afterMs,
                order++,
                new io.innkeeper.dns.forward.Reply(sending.upstream(), sending.ticket(), message)));
    }

    /** Another configuration. */
    void adopt(DnsConfig next) {
        config = next;
        if (engine.plan(plan(config))) {
            engine.settle(nowMs, this::answered);
            engine.renewForwarder();
        }
        toldRules = null;
        lists();
        drain();
    }

    void rules(RuleSet next) {
        rules = next;
        lists();
    }

    private void lists() {
        long[] on = DnsPlanBuilder.listsOn(config, Instant.ofEpochMilli(nowMs).atZone(ZoneOffset.UTC));
        if (rules != toldRules || !Arrays.equals(on, listsOn)) {
            toldRules = rules;
            listsOn = on;
            engine.rules(rules, on);
        }
    }

    Talk ask(String name, int type) {
        Asking asking = new Asking();
        asking.name = name;
        asking.type = type;
        return ask(asking);
    }

    Talk ask(Asking how) {
        Talk talk = new Talk(how.client, how.bytes(), nowMs);
        ask(talk, how.listener, how.transport, how.explained);
        return talk;
    }

    /** Any octets. */
    Talk ask(byte[] query, Transport transport) {
        Talk talk = new Talk(new Asking().client, query, nowMs);
        ask(talk, 0, transport, false);
        return talk;
    }

    private void ask(Talk talk, int listener, Transport transport, boolean explained) {
        ask.begin(nowMs, 0, listener, transport);
        var verdict = ask.query.read(talk.query, 0, talk.query.length);
        if (explained) {
            ask.explain();
        }
        ReplyTo replyTo = (bytes, length) -> {
            talk.answers.add(Arrays.copyOf(bytes, length));
            talk.answeredAtMs = nowMs;
        };
        ask.place = () -> {
            waiting.put(replyTo, talk);
            return replyTo;
        };
        long high = talk.client.v6() ? talk.client.high() : 0;
        long low = talk.client.v6() ? talk.client.low() : 0xffff_0000_0000L | talk.client.low();
        Next next = engine.handle(ask, verdict, high, low);
        if (next == Next.ANSWERED) {
            replyTo.answer(ask.out, ask.outLength);
            talk.step = ask.step;
            talk.detail = ask.detail;
        }
        talk.dropped = next == Next.DROPPED;
        drain();
    }

    private void answered(Ask done, Waiting who) {
        Talk talk = Objects.requireNonNull(waiting.get(who.replyTo), "nobody waits for it");
        if (done.outLength > 0) {
            who.replyTo.answer(done.out, done.outLength);
        }
        talk.dropped = done.outLength == 0;
        talk.step = done.step;
        talk.detail = done.detail;
    }

    /** Lets time pass, and all that happens in it happen. */
    void run(long forMs) {
        long until = nowMs + forMs;
        while (true) {
            Later next = later.peek();
            long comes = next == null ? Long.MAX_VALUE : next.atMs();
            long tick = Math.max(nowMs, engine.nextTickMs());
            if (Math.min(comes, tick) > until) {
                nowMs = until;
                lists();
                return;
            }
            nowMs = Math.min(comes, tick);
            if (next != null && comes <= tick) {
                later.remove();
                engine.forwarder().received(next.incoming(), nowMs);
            } else {
                engine.tick(nowMs, this::answered);
            }
            drain();
        }
    }

    private void drain() {
        engine.settle(nowMs, this::answered);
        for (List<Sending> some = engine.forwarder().sendings();
                !some.isEmpty();
                some = engine.forwarder().sendings()) {
            for (Sending sending : some) {
                sent.add(sending);
                byte[] bytes = sending.message();
                upstreams
                        .get(sending.upstream())
                        .asked(sending, (DnsMessage) DnsMessage.parse(bytes, 0, bytes.length), this);
            }
        }
    }
}
