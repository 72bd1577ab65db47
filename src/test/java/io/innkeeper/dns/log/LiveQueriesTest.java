package io.innkeeper.dns.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.dns.DnsName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Followers are few, and who is slow loses rows and is told how many. */
class LiveQueriesTest {
    private static QueryRow row(int sequence) {
        return new QueryRow(sequence, 0, null, null, DnsName.ROOT, 1, 0, QueryStep.LOCAL, "", 0, 0, 0);
    }

    @Test
    void whoIsSlowIsToldHowManyWereLost() throws InterruptedException {
        LiveQueries live = new LiveQueries();
        LiveFollower slow = live.follow(QueryFilter.newest(1)).orElseThrow();
        for (int i = 0; i < LiveFollower.BUFFER + 7; i++) {
            live.tell(row(i));
        }
        LiveFollower.Batch batch = slow.take(Duration.ZERO);
        assertThat(batch.lost()).isEqualTo(7);
        assertThat(batch.rows()).hasSize(LiveFollower.BUFFER);
        assertThat(batch.rows().getFirst()).isEqualTo(row(7));
        assertThat(slow.take(Duration.ZERO)).isEqualTo(new LiveFollower.Batch(java.util.List.of(), 0, false));
    }

    @Test
    void thereIsRoomForSomeFollowers() {
        LiveQueries live = new LiveQueries();
        LiveFollower first = live.follow(QueryFilter.newest(1)).orElseThrow();
        for (int i = 1; i < LiveQueries.MAX_FOLLOWERS; i++) {
            assertThat(live.follow(QueryFilter.newest(1))).isPresent();
        }
        assertThat(live.follow(QueryFilter.newest(1))).isEmpty();
        first.close();
        assertThat(live.follow(QueryFilter.newest(1))).isPresent();
    }
}
