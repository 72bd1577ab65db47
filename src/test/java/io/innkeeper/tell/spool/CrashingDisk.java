package io.innkeeper.tell.spool;

import io.innkeeper.property.Samples;
import java.util.Arrays;

/** A disk whose machine loses power at any moment: what was not forced is there, or half there, or garbage, or not. */
final class CrashingDisk implements SpoolDisk {
    /** The power is gone. */
    static final class PowerCut extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Samples samples;
    private byte[] file = {};
    private boolean held;
    private int newest;

    /** How often an operation ends in a power cut: once in so many. 0 for never. */
    int cutsOnceIn;

    CrashingDisk(Samples samples) {
        this.samples = samples;
    }

    /**
     * What a disk that forgets does: an octet of the file is another. Not of what was written last: nobody could tell that from a
     * write that was cut short.
     */
    void damage() {
        int most = Math.min(newest, file.length);
        if (most > 0) {
            file[samples.below(most)] ^= (byte) (1 + samples.below(255));
        }
    }

    @Override
    public Held hold() {
        if (held) {
            throw new IllegalStateException("it is held already");
        }
        held = true;
        return new HeldMemory();
    }

    private void mayCut(byte[] before, byte[] after) {
        if (cutsOnceIn > 0 && samples.oneIn(cutsOnceIn)) {
            file = samples.pick(before, after, torn(before, after));
            held = false;
            throw new PowerCut();
        }
        file = after;
    }

    /** Some octets of the later file, and behind them nothing, zeros or noise. */
    private byte[] torn(byte[] before, byte[] after) {
        int common = Math.min(before.length, after.length);
        int kept = common + samples.below(after.length - common + 1);
        byte[] torn = Arrays.copyOf(after, samples.oneIn(2) ? kept : after.length);
        if (samples.oneIn(2)) {
            byte[] noise = samples.octets(torn.length - kept);
            System.arraycopy(noise, 0, torn, kept, noise.length);
        } else {
            Arrays.fill(torn, kept, torn.length, (byte) 0);
        }
        return torn;
    }

    private final class HeldMemory implements Held {
        @Override
        public long length() {
            return file.length;
        }

        @Override
        public byte[] read(long from, int atMost) {
            long end = Math.clamp(from + atMost, from, file.length);
            return Arrays.copyOfRange(file, (int) from, (int) end);
        }

        @Override
        public void append(long at, byte[] octets) {
            byte[] before = Arrays.copyOf(file, (int) at);
            byte[] after = Arrays.copyOf(file, (int) at + octets.length);
            System.arraycopy(octets, 0, after, (int) at, octets.length);
            newest = 0;
            mayCut(before, after);
            newest = (int) at;
        }

        @Override
        public void force() {
            mayCut(file, file);
        }

        @Override
        public void replace(byte[] octets) {
            byte[] before = file;
            if (cutsOnceIn > 0 && samples.oneIn(cutsOnceIn)) {
                // A file that takes the place of another is the one or the other.
                boolean done = samples.oneIn(2);
                file = done ? octets.clone() : before;
                newest = done ? file.length : newest;
                held = false;
                throw new PowerCut();
            }
            file = octets.clone();
            newest = file.length;
        }

        @Override
        public void setAside() {
            file = new byte[0];
        }

        @Override
        public void close() {
            held = false;
        }
    }
}
