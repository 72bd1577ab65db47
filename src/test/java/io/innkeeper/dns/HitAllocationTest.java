package io.innkeeper.dns;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.innkeeper.config.ConfigDocument;
import io.innkeeper.config.ConfigLoader;
import io.innkeeper.config.ConfigResult;
import io.innkeeper.config.DnsConfig;
import io.innkeeper.config.DnsListForm;
import io.innkeeper.dns.Step.Next;
import io.innkeeper.dns.block.ListReader;
import io.innkeeper.dns.block.RuleSet;
import io.innkeeper.dns.block.RuleSetBuilder;
import io.innkeeper.dns.log.QueryStep;
import io.innkeeper.wire.dns.DnsClass;
import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.DnsRecord;
import io.innkeeper.wire.dns.QueryView;
import io.innkeeper.wire.dns.Question;
import io.innkeeper.wire.dns.Rcode;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.IpAddress;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is answered often leaves nothing for the garbage collector. */
class HitAllocationTest {
    private static final int NAMES = 1_000;
    private static final int QUESTIONS = 100_000;
    private static final long CLIENT = 0xffff_0a00_0002L;
    private static final long NOW = 1_700_000_000_000L;

    /** An octet for each question would be as much; a page or two is what the JVM itself may need meanwhile. */
    private static final long NEXT_TO_NOTHING = QUESTIONS;

    private static final DnsName ADS = DnsName.of("ads.example");

    private final Ask ask = new Ask();

    private static DnsEngine engine(String yaml) {
        ConfigDocument document = new ConfigDocument(
                "innkeeper.yaml", "dns:\n  upstreams: 192.0.2.53\n  limits: {per-client: 0}\n" + yaml);
        ConfigResult result = ConfigLoader.load(document, Map.of(), List.of(), null);
        assertThat(result).as(result.text()).isInstanceOf(ConfigResult.Valid.class);
        DnsConfig config =
                Objects.requireNonNull(((ConfigResult.Valid) result).config().dns());
        DnsPlan plan = DnsPlanBuilder.of(config, List.of(), List.of());
        DnsEngine engine = new DnsEngine(plan, new Cookies(1, 2), () -> 7);
        RuleSetBuilder rules = new RuleSetBuilder(100, 10);
        ListReader reader = new ListReader(DnsListForm.DOMAINS, rules.list(1, false));
        byte[] text = ADS.toString().getBytes(StandardCharsets.UTF_8);
        reader.read(text, 0, text.length);
        reader.finish();
        RuleSet set = rules.build();
        engine.rules(set, new long[] {-1});
        return engine;
    }

    private static DnsName name(int number) {
        return DnsName.of("www" + number + ".example");
    }

    private static DnsMessage query(DnsName name) {
        Question question = new Question(name, RecordType.A, DnsClass.IN);
        return DnsMessage.query(7, DnsMessage.RECURSION_DESIRED, question, null);
    }

    private static byte[] question(DnsName name) {
        return query(name).write(DnsMessage.MAX_LENGTH);
    }

    private static void keep(DnsEngine engine, int number) {
        DnsName name = name(number);
        DnsRecord record = DnsRecord.address(name, 86_400, IpAddress.v4(0xc633_6401));
        byte[] response = query(name)
                .answer(DnsMessage.RECURSION_AVAILABLE, Rcode.NOERROR, null)
                .withAnswers(List.of(record))
                .write(DnsMessage.MAX_LENGTH);
        assertThat(engine.cache().put(name, RecordType.A, DnsClass.IN, 0, response, List.of(), NOW))
                .isPresent();
    }

    private Next ask(DnsEngine engine, byte[] question, int number) {
        QueryView.Verdict verdict = ask.query.read(question, 0, question.length);
        ask.begin(NOW + number, 0, 0, Transport.UDP);
        return engine.handle(ask, verdict, 0, CLIENT);
    }

    /** The octets that were allocated for {@link #QUESTIONS} questions, after as many to get warm. */
    private long allocated(DnsEngine engine, byte[][] questions, QueryStep step) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int i = -QUESTIONS; i < QUESTIONS; i++) {
            if (i == 0) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            Next next = ask(engine, questions[(i + QUESTIONS) % questions.length], i);
            if (next != Next.ANSWERED || ask.step != step || ask.rcode != Rcode.NOERROR || ask.outLength < 40) {
                throw new AssertionError(next + " " + ask.step + " " + ask.rcode);
            }
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static byte[][] keptNames(DnsEngine engine) {
        byte[][] questions = new byte[NAMES][];
        for (int i = 0; i < NAMES; i++) {
            keep(engine, i);
            questions[i] = question(name(i));
        }
        return questions;
    }

    @Test
    void keptAnswer() {
        DnsEngine engine = engine("  mode: blocking\n");
        assertThat(allocated(engine, keptNames(engine), QueryStep.CACHED)).isLessThan(NEXT_TO_NOTHING);
    }

    @Test
    void keptAnswerThatPassesThrough() {
        DnsEngine engine = engine("  mode: pass-through\n");
        assertThat(allocated(engine, keptNames(engine), QueryStep.CACHED)).isLessThan(NEXT_TO_NOTHING);
    }

    @Test
    void blockedName() {
        DnsEngine engine = engine("  mode: blocking\n");
        byte[][] questions = {question(ADS), question(DnsName.of("track.ads.example"))};
        assertThat(allocated(engine, questions, QueryStep.BLOCKED)).isLessThan(NEXT_TO_NOTHING);
    }
}
