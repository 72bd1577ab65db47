package io.innkeeper.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.dhcp.AccessPolicy.Answer;
import io.innkeeper.scenario.PlanText;
import io.innkeeper.wire.dhcp4.MessageType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who decides when several rules could: subnet before plan, names before policies. */
class AccessPolicyTest {
    private static final String MAC = "02:00:00:00:00:01";

    private static AccessPolicy policy(String lines, String of) {
        String text = lines.isEmpty() ? "" : "access " + lines.replace("; ", "\naccess ");
        return new AccessPolicy(PlanText.of(text).access(), of, mac -> null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                     | ''                         | SELECTIVE    | false | ANSWER",
                "''                     | deny mac=02:*              | SELECTIVE    | true  | REFUSE",
                "allow mac=02:*         | deny mac=02:*              | SELECTIVE    | false | ANSWER",
                "deny mac=02:*          | allow mac=02:*             | SELECTIVE    | false | REFUSE",
                "deny mac=02:00:00:00:00:01 | ''                     | SELECTIVE    | true  | REFUSE",
                "deny mac=02:00:00:00:00:02 | ''                     | SELECTIVE    | false | ANSWER",
                "''                     | allow mac=00:*             | SELECTIVE    | false | REFUSE",
                "''                     | allow mac=00:*             | SELECTIVE    | true  | ANSWER",
                "''                     | allow mac=00:*; reserved-too no | SELECTIVE | true | REFUSE",
                "''                     | random deny                | SELECTIVE    | false | REFUSE",
                "''                     | random deny                | SELECTIVE    | true  | ANSWER",
                "''                     | random deny; allow mac=02:* | SELECTIVE   | false | ANSWER",
                "''                     | deny mac=02:*; except allow mac=02:* | SELECTIVE | false | ANSWER",
                "''                     | pass mac=02:*              | SELECTIVE    | false | ANSWER",
                "''                     | pass mac=02:*              | HYBRID       | false | PASS_ON",
                "''                     | pass mac=02:*; deny mac=02:* | HYBRID     | false | REFUSE",
                "''                     | others-pass                | HYBRID       | false | PASS_ON",
                "''                     | others-pass                | HYBRID       | true  | ANSWER",
                "''                     | others-pass; allow mac=00:* | HYBRID      | false | PASS_ON",
                "allow mac=02:*         | deny mac=02:*              | PASS_THROUGH | true  | PASS_ON",
            })
    void decides(String subnet, String plan, Mode mode, boolean reserved, Answer answer) {
        Request client = new Request(
                TestingMessages.message(MessageType.DISCOVER, TestingMessages.mac(MAC), 0, 0),
                TestingMessages.broadcast());
        AccessPolicy.Decision decision = AccessPolicy.decide(
                client, policy(subnet, "the subnet"), policy(plan, "the server"), mode, reserved, 0);
        assertThat(decision.answer()).as(decision.rule()).isEqualTo(answer);
        assertThat(decision.rule()).isNotEmpty();
    }
}
