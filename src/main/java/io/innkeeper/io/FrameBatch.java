package io.innkeeper.io;

/**
 * Link-layer frames that came together, or that are to leave together. What {@link LinkPort#receive} puts in is good until its
 * next call. Its arrays are used again and again. For one thread.
 */
public final class FrameBatch {
    /** The most frames of one batch. */
    public static final int CAPACITY = 64;

    /** The most octets of one frame, with its header; a longer one that comes is cut and marked {@link #truncated}. */
    public static final int MAX_LENGTH = 2048;

    /** How a frame came (packet(7), {@code sll_pkttype}). */
    public enum Kind {
        /** To this machine alone. */
        HOST,
        /** To everybody on the link. */
        BROADCAST,
        /** To a group. */
        MULTICAST,
        /** To somebody else; seen because the interface listens to everything. */
        OTHER_HOST,
        /** Sent by this machine. */
        OUTGOING
    }

    private final byte[][] bytes = new byte[CAPACITY][MAX_LENGTH];
    private final int[] lengths = new int[CAPACITY];
    private final int[] interfaces = new int[CAPACITY];
    private final boolean[] truncated = new boolean[CAPACITY];
    private final Kind[] kinds = new Kind[CAPACITY];
    private int count;

    /**
     * Adds a frame that is to be sent.
     *
     * @param frame from its Ethernet header on; copied
     * @param length how many octets of it, at most {@value #MAX_LENGTH}
     * @throws IllegalStateException if the batch {@link #isFull}
     * @throws IndexOutOfBoundsException if the frame is too long
     */
    public void add(int interfaceIndex, byte[] frame, int length) {
        if (isFull()) {
            throw new IllegalStateException("no more than " + CAPACITY + " frames at once");
        }
        System.arraycopy(frame, 0, bytes[count], 0, length);
        add(interfaceIndex, length, false, Kind.OUTGOING);
    }

    /** Adds a frame that came; for ports. Its content is then written to {@link #bytes}. Returns its index. */
    public int add(int interfaceIndex, int length, boolean cut, Kind kind) {
        lengths[count] = length;
        interfaces[count] = interfaceIndex;
        truncated[count] = cut;
        kinds[count] = kind;
        return count++;
    }

    /** True where nothing more fits in. */
    public boolean isFull() {
        return count == CAPACITY;
    }

    /** How many frames there are. */
    public int count() {
        return count;
    }

    /** Frame {@code index} from its Ethernet header on, in an array that is longer. Not to be kept. */
    public byte[] bytes(int index) {
        return bytes[index];
    }

    /** How many octets it has. */
    public int length(int index) {
        return lengths[index];
    }

    /** The interface that it came in by, or leaves by. */
    public int interfaceIndex(int index) {
        return interfaces[index];
    }

    /** True where its end is lost. */
    public boolean truncated(int index) {
        return truncated[index];
    }

    /** How it came. */
    public Kind kind(int index) {
        return kinds[index];
    }

    /** Takes all frames out. */
    public void clear() {
        count = 0;
    }
}
