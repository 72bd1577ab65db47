package io.innkeeper.wire.rdk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A peer over WebSocket (RFC 6455, nanomsg's sp-websocket-mapping): an HTTP request that asks for {@code pull.sp.nanomsg.org},
 * then one binary message each. Pings are answered.
 */
public final class SpWebPeer implements SpPeer {
    /** How long the request may be, in octets. */
    static final int MAX_REQUEST = 8_192;

    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int FIN = 0x80;
    private static final int MAX_CONTROL = 125;
    private static final byte[] NOTHING = {};

    private final WebFrames frames;
    private final int limit;
    private byte[] request = NOTHING;
    private byte[] answer = NOTHING;
    private byte[] fragments = NOTHING;
    private int heard;
    private boolean open;
    private boolean fragmented;
    private @Nullable Fault fault;

    /** @param limit octets of the longest message that is taken */
    SpWebPeer(int limit) {
        this.limit = limit;
        this.frames = new WebFrames(limit);
    }

    @Override
    public byte @Nullable [] next(ByteBuffer octets) {
        if (!open && fault == null) {
            readRequest(octets);
        }
        while (open && fault == null) {
            WebFrames.Frame frame = frames.next(octets);
            if (frame == null) {
                fault = frames.fault();
                return null;
            }
            byte[] message = take(frame);
            if (message != null) {
                return message;
            }
        }
        return null;
    }

    private void readRequest(ByteBuffer octets) {
        while (octets.hasRemaining() && !open && fault == null) {
            if (heard == request.length) {
                request = Arrays.copyOf(request, Math.clamp(2L * heard, 512, MAX_REQUEST));
            }
            request[heard++] = octets.get();
            if (request[heard - 1] == '\n' && (ends("\r\n\r\n") || ends("\n\n"))) {
                decide(new String(request, 0, heard, StandardCharsets.ISO_8859_1));
                request = NOTHING;
            } else if (heard == MAX_REQUEST || (heard == 4 && !starts("GET "))) {
                refuse();
            }
        }
    }

    private boolean starts(String text) {
        return new String(request, 0, heard, StandardCharsets.ISO_8859_1).startsWith(text);
    }

    private boolean ends(String text) {
        int from = heard - text.length();
        return from >= 0 && new String(request, from, text.length(), StandardCharsets.ISO_8859_1).equals(text);
    }

    private void decide(String head) {
        WebUpgrade.answer(head)
                .ifPresentOrElse(
                        accepted -> {
                            answer = joined(answer, accepted);
                            open = true;
                        },
                        this::refuse);
    }

    private void refuse() {
        answer = joined(answer, WebUpgrade.REFUSAL.getBytes(StandardCharsets.ISO_8859_1));
        fault = Fault.GREETING;
    }

    /** A message where this frame ends one. */
    private byte @Nullable [] take(WebFrames.Frame frame) {
        if (frame.kind() >= CLOSE) {
            control(frame);
            return null;
        }
        boolean continues = frame.kind() == 0;
        if (continues != fragmented || (!continues && frame.kind() != BINARY)) {
            fault = Fault.FRAMING;
            return null;
        }
        byte[] payload = frame.payload();
        if (!continues && frame.last()) {
            return payload;
        }
        if (fragments.length + (long) payload.length > limit) {
            fault = Fault.TOO_LONG;
            return null;
        }
        fragments = joined(fragments, payload);
        fragmented = !frame.last();
        if (fragmented) {
            return null;
        }
        byte[] whole = fragments;
        fragments = NOTHING;
        return whole;
    }

    private void control(WebFrames.Frame frame) {
        byte[] payload = frame.payload();
        if (!frame.last() || payload.length > MAX_CONTROL) {
            fault = Fault.FRAMING;
        } else if (frame.kind() == CLOSE) {
            reply(CLOSE, payload.length >= 2 ? Arrays.copyOf(payload, 2) : NOTHING);
            fault = Fault.GOODBYE;
        } else if (frame.kind() == PING) {
            reply(PONG, payload);
        } else if (frame.kind() != PONG) {
            fault = Fault.FRAMING;
        }
    }

    private void reply(int kind, byte[] payload) {
        answer = joined(joined(answer, new byte[] {(byte) (FIN | kind), (byte) payload.length}), payload);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    @Override
    public byte[] answer() {
        byte[] now = answer;
        answer = NOTHING;
        return now;
    }

    @Override
    public boolean isGreeted() {
        return open;
    }

    @Override
    public boolean isWithin() {
        return fragmented || frames.isWithin();
    }

    @Override
    public @Nullable Fault fault() {
        return fault;
    }
}
