package io.innkeeper.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.config.DnsListForm;
import io.innkeeper.dns.block.BlockException;
import io.innkeeper.dns.block.Exceptions;
import io.innkeeper.dns.block.ListReader;
import io.innkeeper.dns.block.RuleSet;
import io.innkeeper.dns.block.RuleSetBuilder;
import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.EdnsOption;
import io.innkeeper.wire.dns.Rcode;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Octets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The words of a conversation with the DNS engine.
 *
 * <ul>
 *   <li>{@code KNOWS record}, {@code FORGETS name}: what the upstreams know
 *   <li>{@code UPSTREAM number up|slow=2s|down|servfail|refused}
 *   <li>{@code ASK name type key…}: {@code from= listener= tcp rd=0 cd do edns=none cookie=new|kept id= class= times=}
 *   <li>{@code EXPECT rcode key…}, for the question before: {@code answer="A 192.0.2.1 @300" answers=0 step= flags=tc,aa ede= soa=}
 *       {@code after=1800ms name=}; {@code EXPECT NOTHING}: no answer yet; {@code EXPECT DROPPED}: none will come
 *   <li>{@code SENT n}: messages to upstreams since the last such line
 *   <li>{@code TIME +60s}
 *   <li>{@code LEASE label address [mac=] [for=1h] [source=]}, {@code UNLEASE address [source=]}
 *   <li>{@code DEVICE address mac}, {@code LEFT address mac}
 *   <li>{@code RULE list rule}, {@code ZONE list record}: a line of a block list; {@code EXCEPTION name for=1h [mac=] [from=]}
 *   <li>{@code FLUSH name}
 * </ul>
 */
final class DnsConversation {
    private final DnsScene scene;
    private final Map<Integer, StringBuilder> lists = new TreeMap<>();
    private final Map<Integer, DnsListForm> forms = new TreeMap<>();
    private final List<BlockException> exceptions = new ArrayList<>();
    private final List<DnsScene.Talk> talks = new ArrayList<>();
    private byte @Nullable [] cookie;

    private DnsConversation(String yaml) {
        scene = new DnsScene(yaml);
    }

    static DnsConversation go(@Nullable DnsConversation before, String yaml) {
        if (before == null) {
            return new DnsConversation(yaml);
        }
        before.scene.adopt(DnsScene.config(yaml));
        return before;
    }

    /** Takes a line; true where it expects something. */
    boolean take(String line) {
        List<String> words = words(line);
        switch (words.getFirst()) {
            case "KNOWS" -> scene.zone.add(rest(line, 1));
            case "FORGETS" -> scene.zone.remove(DnsName.of(words.get(1)));
            case "UPSTREAM" -> upstream(words);
            case "ASK" -> ask(words);
            case "TIME" -> scene.run(millis(words.get(1).substring(1)));
            case "LEASE" -> lease(words);
            case "UNLEASE" -> scene.engine.names().remove(address(words.get(1)), value(words, "source", "dhcp4"));
            case "DEVICE" -> scene.engine.device(address(words.get(1)), mac(words.get(2)));
            case "LEFT" -> scene.engine.left(address(words.get(1)), mac(words.get(2)));
            case "RULE" -> rule(line, DnsListForm.ADBLOCK);
            case "ZONE" -> rule(line, DnsListForm.RPZ);
            case "EXCEPTION" -> exception(words);
            case "FLUSH" -> scene.engine.cache().flush(DnsName.of(words.get(1)));
            case "SENT" -> {
                assertThat(scene.sent).as("messages to upstreams").hasSize(Integer.parseInt(words.get(1)));
                scene.sent.clear();
                return true;
            }
            case "EXPECT" -> {
                expect(words);
                return true;
            }
            default -> throw new IllegalArgumentException("not a word of conversations: " + words.getFirst());
        }
        return false;
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (char c : (line + " ").toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ' ' && !quoted) {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                }
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        return words;
    }

    private static String rest(String line, int words) {
        return line.split("\\s+", words + 1)[words];
    }

    private static @Nullable String value(List<String> words, String key) {
        return words.stream()
                .filter(word -> word.startsWith(key + "="))
                .map(word -> word.substring(key.length() + 1))
                .findFirst()
                .orElse(null);
    }

    private static String value(List<String> words, String key, String otherwise) {
        String value = value(words, key);
        return value == null ? otherwise : value;
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    private static MacAddress mac(String text) {
        return MacAddress.parse(text).orElseThrow();
    }

    static long millis(String text) {
        if (text.endsWith("ms")) {
            return Long.parseLong(text.substring(0, text.length() - 2));
        }
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        return 1000
                * switch (text.charAt(text.length() - 1)) {
                    case 's' -> number;
                    case 'm' -> number * 60;
                    case 'h' -> number * 3_600;
                    case 'd' -> number * 86_400;
                    default -> throw new IllegalArgumentException("no duration: " + text);
                };
    }

    private void upstream(List<String> words) {
        int which = Integer.parseInt(words.get(1));
        String how = words.get(2);
        scene.upstreams.set(
                which,
                switch (how) {
                    case "up" -> DnsScene.answers(0);
                    case "down" -> DnsScene.never();
                    case "servfail" -> DnsScene.says(5, Rcode.SERVFAIL);
                    case "refused" -> DnsScene.says(5, Rcode.REFUSED);
                    default -> DnsScene.answers(millis(how.substring("slow=".length())));
                });
    }

    private void ask(List<String> words) {
        DnsScene.Asking asking = new DnsScene.Asking();
        asking.name = words.get(1);
        asking.type = RecordType.parse(words.get(2)).orElseThrow();
        asking.client = address(value(words, "from", "192.168.1.10"));
        asking.listener = Integer.parseInt(value(words, "listener", "0"));
        asking.transport = words.contains("tcp") ? Transport.TCP : Transport.UDP;
        asking.recursion = !words.contains("rd=0");
        asking.checkingDisabled = words.contains("cd");
        asking.dnssecOk = words.contains("do");
        asking.id = Integer.parseInt(value(words, "id", "4711"));
        asking.dnsClass = Integer.parseInt(value(words, "class", "1"));
        String edns = value(words, "edns", "1232");
        asking.udpSize = edns.equals("none") ? 0 : Integer.parseInt(edns);
        asking.cookie = switch (value(words, "cookie", "")) {
            case "" -> null;
            case "kept" -> cookie;
            case "new" -> HexFormat.of().parseHex("2464c4abcf10c957");
            case String hex -> HexFormat.of().parseHex(hex);
        };
        talks.clear();
        int times = Integer.parseInt(value(words, "times", "1"));
        for (int i = 0; i < times; i++) {
            talks.add(scene.ask(asking));
        }
    }

    private void lease(List<String> words) {
        String ends = value(words, "for", "1h");
        String mac = value(words, "mac");
        scene.engine
                .names()
                .put(new LeaseName(
                        address(words.get(2)),
                        value(words, "source", "dhcp4"),
                        words.get(1),
                        mac == null ? null : mac(mac),
                        scene.nowMs,
                        scene.nowMs + millis(ends)));
    }

    private void rule(String line, DnsListForm form) {
        int list = Integer.parseInt(words(line).get(1));
        forms.put(list, form);
        lists.computeIfAbsent(list, _ -> new StringBuilder())
                .append(rest(line, 2))
                .append('\n');
        scene.rules(rules(lists, forms));
    }

    static RuleSet rules(Map<Integer, StringBuilder> lists, Map<Integer, DnsListForm> forms) {
        RuleSetBuilder builder = new RuleSetBuilder(100_000, 1_000);
        lists.forEach((list, text) -> {
            ListReader reader = new ListReader(Objects.requireNonNull(forms.get(list)), builder.list(list, false));
            byte[] octets = text.toString().getBytes(StandardCharsets.UTF_8);
            reader.read(octets, 0, octets.length);
            reader.finish();
            assertThat(reader.counts().rejectedCount())
                    .as("lines that are no rules")
                    .isZero();
        });
        return builder.build();
    }

    private void exception(List<String> words) {
        String mac = value(words, "mac");
        String from = value(words, "from");
        Instant until = Instant.ofEpochMilli(scene.nowMs + millis(value(words, "for", "1h")));
        exceptions.add(new BlockException(
                "e" + exceptions.size(),
                DnsName.of(words.get(1)),
                mac == null ? null : mac(mac),
                from == null ? null : address(from),
                until));
        scene.engine.exceptions(Exceptions.of(exceptions));
    }

    private void expect(List<String> words) {
        for (DnsScene.Talk talk : talks) {
            expect(talk, words);
        }
    }

    private void expect(DnsScene.Talk talk, List<String> words) {
        String what = words.get(1);
        if (what.equals("NOTHING") || what.equals("DROPPED")) {
            assertThat(talk.answers).as("answers").isEmpty();
            assertThat(talk.dropped).as("dropped").isEqualTo(what.equals("DROPPED"));
            return;
        }
        assertThat(talk.answers).as("answers").hasSize(1);
        DnsMessage answer = talk.answer();
        assertThat(Rcode.text(answer.rcode())).as("rcode").isEqualTo(what);
        assertThat(answer.id()).as("id").isEqualTo((talk.query[0] & 0xff) << 8 | (talk.query[1] & 0xff));
        for (String word : words.subList(2, words.size())) {
            int equals = word.indexOf('=');
            check(talk, answer, word.substring(0, equals), word.substring(equals + 1), words);
        }
        Optional<Octets> option =
                answer.edns() == null ? Optional.empty() : answer.edns().option(EdnsOption.COOKIE);
        option.ifPresent(octets -> cookie = octets.toArray());
    }

    private static void check(DnsScene.Talk talk, DnsMessage answer, String key, String value, List<String> words) {
        switch (key) {
            case "answer" ->
                assertThat(talk.records())
                        .containsExactlyElementsOf(words.stream()
                                .filter(word -> word.startsWith("answer="))
                                .map(word -> word.substring("answer=".length()))
                                .toList());
            case "answers" -> assertThat(talk.records()).hasSize(Integer.parseInt(value));
            case "soa" ->
                assertThat(answer.authorities().stream().map(DnsScene::soa).toList())
                        .containsExactly(value);
            case "step" ->
                assertThat(String.valueOf(talk.step).toLowerCase(Locale.ROOT)).isEqualTo(value);
            case "list" -> assertThat(talk.detail).as("list").isEqualTo(Integer.parseInt(value));
            case "flags" -> assertThat(DnsScene.flags(answer)).containsAll(Arrays.asList(value.split(",")));
            case "not" ->
                assertThat(DnsScene.flags(answer)).doesNotContainAnyElementsOf(Arrays.asList(value.split(",")));
            case "ede" -> assertThat(DnsScene.extendedError(answer)).isEqualTo(Integer.parseInt(value));
            case "after" -> assertThat(talk.answeredAtMs - talk.askedAtMs).isEqualTo(millis(value));
            case "name" ->
                assertThat(answer.questions().getFirst().name().text()).isEqualTo(value);
            case "most" -> assertThat(talk.answers.getFirst().length).isLessThanOrEqualTo(Integer.parseInt(value));
            case "cookie" -> assertThat(answer.edns()).isNotNull();
            default -> throw new IllegalArgumentException("not expected before: " + key);
        }
    }
}
