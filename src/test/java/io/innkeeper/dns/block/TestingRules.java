package io.innkeeper.dns.block;

import io.innkeeper.config.DnsListForm;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Rule sets made of texts, and questions to them in one line. */
final class TestingRules {
    static final BlockClient SOMEBODY =
            new BlockClient(IpAddress.parse("192.0.2.7").orElseThrow(), null, null, null);

    private TestingRules() {}

    /** A set of lists with the numbers 1, 2, … */
    static RuleSet of(DnsListForm form, String... lists) {
        RuleSetBuilder builder = new RuleSetBuilder(1_000_000, 1_000);
        for (int i = 0; i < lists.length; i++) {
            read(form, lists[i], builder.list(i + 1, false));
        }
        return builder.build();
    }

    static ListReader read(DnsListForm form, String text, RuleSink sink) {
        ListReader reader = new ListReader(form, sink);
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        reader.read(octets, 0, octets.length);
        reader.finish();
        return reader;
    }

    /** What was read of a text, without keeping it. */
    static ListReader read(DnsListForm form, String text) {
        return read(form, text, new RuleSetBuilder(1_000_000, 1_000).list(1, false));
    }

    static Match find(RuleSet rules, String name) {
        Match match = new Match();
        rules.find(DnsName.of(name).wire(), 0, match);
        return match;
    }

    static BlockDecision decide(RuleSet rules, String name) {
        return decide(rules, name, RecordType.A, SOMEBODY);
    }

    static BlockDecision decide(RuleSet rules, String name, int type, BlockClient client) {
        return rules.decide(find(rules, name), -1, type, client);
    }

    static boolean blocks(RuleSet rules, String name) {
        return decide(rules, name).blocked();
    }

    /** Those of the names that are blocked. */
    static List<String> blocked(RuleSet rules, String... names) {
        return List.of(names).stream().filter(name -> blocks(rules, name)).toList();
    }
}
