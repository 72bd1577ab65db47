package io.innkeeper.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.config.DnsConfig;
import io.innkeeper.config.DnsListForm;
import io.innkeeper.dns.block.BlockException;
import io.innkeeper.dns.block.Exceptions;
import io.innkeeper.dns.block.RuleSet;
import io.innkeeper.dns.forward.Sending;
import io.innkeeper.property.Property;
import io.innkeeper.property.Samples;
import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.Rcode;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What is answered from the cache at once is what all steps would have answered: two engines hear the same questions and see
 * the same rules change, and one of them takes every question through all its steps.
 */
class FastLaneTest {
    private static final List<String> NAMES = List.of(
            "a.example",
            "b.example",
            "ads.example",
            "x.ads.example",
            "alias.example",
            "toads.example",
            "four.example",
            "gone.example",
            "host.home.arpa",
            "host",
            "nas.home.arpa",
            "private.example",
            "re.example",
            "www.google.com",
            "localhost",
            "1.1.168.192.in-addr.arpa",
            "zero.example",
            "broken.example");
    private static final List<String> CLIENTS =
            List.of("192.168.1.10", "192.168.1.20", "192.168.1.30", "fd00::1", "198.51.100.9");
    private static final List<String> RULES = List.of(
            "||ads.example^",
            "||b.example^",
            "@@||x.ads.example^",
            "/^a\\./",
            "||toads.example^$dnstype=AAAA",
            "||four.example^$client=192.168.1.10",
            "||home.arpa^");
    private static final String PLAN = """
            listen: [{address: "127.0.0.1:5301"}, {address: "127.0.0.1:5302", mode: pass-through}, {address: "127.0.0.1:5303", mode: modified}]
            upstreams: [192.0.2.53]
            block: [{list: /one}, {list: /two, groups: kids}, {list: /three, when: "12:00-12:10"}]
            cache: {prefetch: false, size: 64KiB}
            limits: {per-client: 50, chain: 4}
            local: {hosts: {nas: {address: 192.168.1.5}}}
            groups:
              kids: {devices: "02:00:00:00:00:01", addresses: 192.168.1.20, safe-search: google}
              old: {addresses: 192.168.1.30, filter-aaaa: true, mode: modified}
            """;

    private static final DnsConfig[] PLANS = Stream.of(
                    "",
                    "dns64: 64:ff9b::/96\n",
                    "rewrites: [{name: re.example, to: a.example}, {name: a.example, to: 192.0.2.99, groups: kids}]\n",
                    "block-answer: nxdomain\n",
                    "filter-aaaa: true\n",
                    "safe-search: google\n")
            .map(more -> DnsScene.config(PLAN + more))
            .toArray(DnsConfig[]::new);

    private final List<DnsScene> both = new ArrayList<>();

    @Test
    void theCacheAnswersAsAllStepsWould() {
        Property.check(100, samples -> new FastLaneTest().conversation(samples));
    }

    private void conversation(Samples samples) {
        for (int i = 0; i < 2; i++) {
            DnsScene scene = new DnsScene(PLANS[0], 7);
            List.of(
                            "a.example. 30 A 192.0.2.1",
                            "a.example. 90 AAAA 2001:db8::1",
                            "b.example. 5 A 192.0.2.2",
                            "ads.example. 60 A 192.0.2.3",
                            "x.ads.example. 60 A 192.0.2.4",
                            "alias.example. 60 CNAME a.example.",
                            "toads.example. 60 CNAME x.ads.example.",
                            "four.example. 60 A 192.0.2.5",
                            "re.example. 60 A 192.0.2.6",
                            "private.example. 60 A 10.0.0.1",
                            "host.home.arpa. 60 A 192.0.2.7",
                            "zero.example. 0 A 192.0.2.8",
                            "www.google.com. 60 A 192.0.2.9",
                            "forcesafesearch.google.com. 60 A 192.0.2.10")
                    .forEach(scene.zone::add);
            scene.upstreams.set(0, (sending, query, at) -> answer(sending, query, at));
            both.add(scene);
        }
        for (int turn = 0; turn < 120; turn++) {
            turn(samples, turn);
        }
    }

    private static void answer(Sending sending, DnsMessage query, DnsScene scene) {
        boolean broken = query.questions().getFirst().name().equals(DnsName.of("broken.example"));
        DnsMessage answer = broken ? query.answer(0, Rcode.SERVFAIL, query.edns()) : scene.zone.answer(query);
        scene.reply(20, sending, answer.write(1232));
    }

    private void turn(Samples samples, int turn) {
        switch (samples.below(12)) {
            case 0 -> change(samples);
            case 1, 2 -> {
                long pass = samples.pick(1L, 25L, 700L, 5_000L, 61_000L, 300_000L);
                both.forEach(scene -> scene.run(pass));
            }
            default -> ask(samples, turn);
        }
    }

    private void ask(Samples samples, int turn) {
        DnsScene.Asking how = new DnsScene.Asking();
        how.name = samples.pick(NAMES.toArray(String[]::new));
        how.type = samples.pick(RecordType.A, RecordType.A, RecordType.AAAA, RecordType.TXT, RecordType.ANY, 65);
        how.client =
                IpAddress.parse(samples.pick(CLIENTS.toArray(String[]::new))).orElseThrow();
        how.listener = samples.below(3);
        how.transport = samples.oneIn(5) ? Transport.TCP : Transport.UDP;
        how.udpSize = samples.pick(0, 512, 1232, 4096);
        how.dnssecOk = samples.oneIn(4);
        how.checkingDisabled = samples.oneIn(6);
        how.recursion = !samples.oneIn(8);
        how.dnsClass = samples.oneIn(20) ? 3 : 1;
        how.cookie = samples.oneIn(4) ? HexFormat.of().parseHex("2464c4abcf10c957") : null;
        how.id = turn;
        int times = samples.oneIn(30) ? 70 : 1;
        boolean waits = samples.below(3) > 0;
        List<DnsScene.Talk> quick = new ArrayList<>();
        List<DnsScene.Talk> slow = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            how.explained = false;
            quick.add(both.get(0).ask(how));
            how.explained = true;
            slow.add(both.get(1).ask(how));
        }
        if (waits) {
            both.forEach(scene -> scene.run(25));
        }
        for (int i = 0; i < times; i++) {
            assertThat(said(quick.get(i)))
                    .as("turn %d: %s %d of %s at %d", turn, how.name, how.type, how.client, how.listener)
                    .isEqualTo(said(slow.get(i)));
        }
    }

    private static String said(DnsScene.Talk talk) {
        StringBuilder said = new StringBuilder(talk.dropped ? "dropped" : "");
        talk.answers.forEach(answer -> said.append(DnsMessage.parse(answer, 0, answer.length))
                .append(HexFormat.of().formatHex(answer)));
        return said.toString();
    }

    private void change(Samples samples) {
        String client = samples.pick(CLIENTS.toArray(String[]::new));
        IpAddress address = IpAddress.parse(client).orElseThrow();
        MacAddress mac =
                MacAddress.parse("02:00:00:00:00:0" + (1 + samples.below(2))).orElseThrow();
        switch (samples.below(6)) {
            case 0 -> {
                RuleSet rules = rules(samples);
                both.forEach(scene -> scene.rules(rules));
            }
            case 1 ->
                both.forEach(scene -> scene.engine
                        .names()
                        .put(new LeaseName(address, "dhcp4", "host", mac, scene.nowMs, scene.nowMs + 60_000)));
            case 2 -> both.forEach(scene -> scene.engine.names().remove(address, "dhcp4"));
            case 3 -> {
                @Nullable MacAddress which = samples.oneIn(3) ? null : mac;
                both.forEach(scene -> scene.engine.device(address, which));
            }
            case 4 -> {
                Exceptions some = Exceptions.of(List.of(new BlockException(
                        "e",
                        DnsName.of("ads.example"),
                        samples.oneIn(2) ? mac : null,
                        null,
                        Instant.ofEpochMilli(both.getFirst().nowMs + 30_000))));
                both.forEach(scene -> scene.engine.exceptions(some));
            }
            default -> {
                DnsConfig next = samples.pick(PLANS);
                both.forEach(scene -> scene.adopt(next));
            }
        }
    }

    private static RuleSet rules(Samples samples) {
        Map<Integer, StringBuilder> lists = new java.util.TreeMap<>();
        Map<Integer, DnsListForm> forms = new java.util.TreeMap<>();
        for (String rule : RULES) {
            if (samples.oneIn(2)) {
                int list = samples.below(4);
                forms.put(list, DnsListForm.ADBLOCK);
                lists.computeIfAbsent(list, _ -> new StringBuilder())
                        .append(rule)
                        .append('\n');
            }
        }
        return DnsConversation.rules(lists, forms);
    }
}
