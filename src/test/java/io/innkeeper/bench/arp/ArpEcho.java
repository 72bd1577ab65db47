package io.innkeeper.bench.arp;

import io.innkeeper.io.FrameBatch;
import io.innkeeper.io.LinuxLinkPort;
import io.innkeeper.io.PacketFilter;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Answers for every address of a prefix, each with a hardware address of its own. Ends when its input ends, and then says in
 * one line how many questions came, for how many addresses, and the most in any 100 ms.
 */
public final class ArpEcho {
    private static final int FRAME = 42;
    private static final int REQUEST = 1;
    private static final int MOST_QUESTIONS = 4_000_000;
    private static final long WINDOW = 100_000_000L;

    private final LinuxLinkPort port;
    private final int first;
    private final int size;
    private final FrameBatch incoming = new FrameBatch();
    private final FrameBatch outgoing = new FrameBatch();
    private final BitSet asked = new BitSet();
    private final long[] at = new long[MOST_QUESTIONS];
    private int questions;
    private volatile boolean ended;

    private ArpEcho(LinuxLinkPort port, Prefix prefix) {
        this.port = port;
        this.first = prefix.network().v4Bits();
        this.size = (int) (prefix.last().low() - prefix.network().low() + 1);
    }

    /** Argument: the prefix. */
    public static void main(String[] args) throws IOException {
        Prefix prefix = Prefix.parse(args[0]).orElseThrow();
        try (LinuxLinkPort port = LinuxLinkPort.open(PacketFilter.arp(), 0)) {
            ArpEcho echo = new ArpEcho(port, prefix);
            Thread.ofPlatform().daemon().start(echo::awaitEnd);
            System.err.println("ready");
            echo.answer();
            System.out.println(echo.summary());
        }
    }

    private void awaitEnd() {
        try {
            while (System.in.read() >= 0) {
                // Whatever is said.
            }
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
        ended = true;
        port.wake();
    }

    private void answer() throws IOException {
        while (!ended) {
            int count = port.receive(incoming, -1);
            long now = System.nanoTime();
            for (int i = 0; i < count; i++) {
                answer(incoming.bytes(i), incoming.length(i), incoming.interfaceIndex(i), now);
            }
            if (outgoing.count() > 0) {
                port.send(outgoing);
            }
        }
    }

    private void answer(byte[] frame, int length, int link, long now) {
        int target = length < FRAME || frame[21] != REQUEST ? 0 : number(frame, 38);
        int index = target - first;
        if (target == 0 || Integer.compareUnsigned(index, size) >= 0) {
            return;
        }
        if (questions < MOST_QUESTIONS) {
            at[questions++] = now;
        }
        asked.set(index);
        System.arraycopy(frame, 22, frame, 32, 10); // who asked is the target now
        System.arraycopy(frame, 32, frame, 0, 6);
        frame[6] = 2;
        frame[7] = 0;
        for (int i = 0; i < 4; i++) {
            frame[8 + i] = (byte) (target >>> (24 - 8 * i));
            frame[28 + i] = frame[8 + i];
        }
        System.arraycopy(frame, 6, frame, 22, 6);
        frame[21] = 2;
        outgoing.add(link, frame, FRAME);
    }

    private static int number(byte[] frame, int from) {
        return IpAddress.of(Arrays.copyOfRange(frame, from, from + 4)).v4Bits();
    }

    private String summary() {
        int most = 0;
        int from = 0;
        for (int to = 0; to < questions; to++) {
            while (at[to] - at[from] >= WINDOW) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return "asked " + questions + " addresses " + asked.cardinality() + " most-in-100-ms " + most;
    }
}
