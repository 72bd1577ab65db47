package io.innkeeper.api.http;

import io.innkeeper.dns.log.LiveFollower;
import io.innkeeper.dns.log.QueryRow;
import io.innkeeper.view.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Queries as server-sent events. What comes within a fifth of a second is written at once; where more comes than the follower's
 * buffer holds, the oldest are lost and it is told how many.
 */
final class DnsQueryStream implements Answer.Stream {
    /** A comment so often keeps proxies and phones from closing a quiet stream. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(12);

    private static final long PACE_MS = 200;

    /** Names of devices are asked anew after so many batches: a minute or more. */
    private static final int BATCHES = 300;

    private static final byte[] RETRY = "retry: 1000\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STILL_HERE = ": still here\n\n".getBytes(StandardCharsets.US_ASCII);

    private final LiveFollower follower;
    private final DnsDevices names;

    DnsQueryStream(LiveFollower follower, DnsDevices names) {
        this.follower = follower;
        this.names = names;
    }

    @Override
    public void write(OutputStream out) throws IOException, InterruptedException {
        out.write(RETRY);
        out.flush();
        boolean ended = false;
        for (int batches = 0; !ended; batches++) {
            LiveFollower.Batch batch = follower.take(HEARTBEAT);
            ended = batch.ended();
            out.write(batch.rows().isEmpty() ? STILL_HERE : text(batch).getBytes(StandardCharsets.UTF_8));
            out.flush();
            if (batches % BATCHES == 0) {
                names.forget();
            }
            if (!ended) {
                TimeUnit.MILLISECONDS.sleep(PACE_MS);
            }
        }
    }

    private String text(LiveFollower.Batch batch) {
        StringBuilder text = new StringBuilder();
        if (batch.lost() > 0) {
            text.append("event: lost\ndata: ")
                    .append(Json.write(Map.of("rows", batch.lost())))
                    .append("\n\n");
        }
        for (QueryRow row : batch.rows()) {
            text.append("id: ").append(row.sequence());
            text.append("\nevent: query\ndata: ")
                    .append(Json.write(DnsQueryRoutes.view(row, names)))
                    .append("\n\n");
        }
        return text.toString();
    }

    @Override
    public void close() {
        follower.close();
    }
}
