package io.innkeeper.wire.rdk;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A peer over TCP or a UNIX socket: eight octets of greeting both ways, then frames. */
public final class SpStreamPeer implements SpPeer {
    private static final byte[] NOTHING = {};

    private final SpFrames frames;
    private final byte[] hello = new byte[SpHello.LENGTH];
    private int heard;
    private byte[] answer = SpHello.of(SpHello.PULL);
    private boolean wrongGreeting;

    /** @param limit octets of the longest message that is taken */
    SpStreamPeer(SpFrames.Form form, int limit) {
        frames = new SpFrames(form, limit);
    }

    @Override
    public byte @Nullable [] next(ByteBuffer octets) {
        while (heard < SpHello.LENGTH && octets.hasRemaining() && !wrongGreeting) {
            hello[heard++] = octets.get();
            wrongGreeting = !SpHello.fits(hello, heard, SpHello.PUSH);
        }
        return isGreeted() ? frames.next(octets) : null;
    }

    @Override
    public byte[] answer() {
        byte[] now = answer;
        answer = NOTHING;
        return now;
    }

    @Override
    public boolean isGreeted() {
        return heard == SpHello.LENGTH && !wrongGreeting;
    }

    @Override
    public boolean isWithin() {
        return frames.isWithin();
    }

    @Override
    public @Nullable Fault fault() {
        if (wrongGreeting) {
            return Fault.GREETING;
        }
        SpFrames.Fault fault = frames.fault();
        return fault == null ? null : fault == SpFrames.Fault.KIND ? Fault.FRAMING : Fault.TOO_LONG;
    }
}
