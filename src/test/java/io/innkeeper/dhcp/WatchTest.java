package io.innkeeper.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.lease.LeaseReport;
import io.innkeeper.wire.dhcp4.MessageType;
import io.innkeeper.wire.dhcp4.OptionCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which servers besides us were heard lately, known ones too. */
class WatchTest {
    private static final int OTHER = ModesKit.ip("192.168.1.66");

    private final Watch watch = new Watch(
            new News() {
                @Override
                public void rogue(RogueFinding finding) {}

                @Override
                public void refused(Refusal refusal) {}

                @Override
                public void learned(LeaseReport report) {}
            },
            List.of(ModesKit.REAL));

    private void answers(int server, long nowMs) {
        Arrival arrival = new Arrival(ModesKit.ETH0, server, 67, -1);
        watch.heard(
                ModesKit.granted(MessageType.ACK, ModesKit.ip("192.168.1.100"), server, draft -> {}),
                arrival,
                null,
                nowMs);
    }

    @Test
    void othersAreRememberedForAWhileAndWeAreNot() {
        watch.own(List.of(ModesKit.US));
        answers(ModesKit.US, ModesKit.T0);
        answers(ModesKit.REAL, ModesKit.T0);
        answers(ModesKit.REAL, ModesKit.T0 + 5);
        watch.heard(
                ModesKit.request(MessageType.REQUEST, draft -> draft.options.put(OptionCode.SERVER_ID, OTHER)),
                ModesKit.BROADCAST,
                null,
                ModesKit.T0 + 7);
        assertThat(watch.others(ModesKit.T0 + 10))
                .isEqualTo(Map.of(ModesKit.REAL, ModesKit.T0 + 5, OTHER, ModesKit.T0 + 7));
        assertThat(watch.others(ModesKit.T0 + 5 + RogueWatch.QUIET_MS)).containsOnlyKeys(OTHER);
    }
}
