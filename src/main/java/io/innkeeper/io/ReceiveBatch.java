package io.innkeeper.io;

/**
 * UDP packets that came together. Filled by {@link UdpPort#receive}; what it holds is good until the next call. Its arrays are
 * used again and again, so nothing is allocated for a packet. For one thread.
 */
public final class ReceiveBatch {
    /** The most packets of one batch. */
    public static final int CAPACITY = 256;

    /** The most octets of one packet; a longer one is cut and marked {@link #truncated}. */
    public static final int MAX_LENGTH = 4096;

    private final byte[][] bytes = new byte[CAPACITY][MAX_LENGTH];
    private final int[] lengths = new int[CAPACITY];
    private final int[] fromAddresses = new int[CAPACITY];
    private final int[] fromPorts = new int[CAPACITY];
    private final int[] toAddresses = new int[CAPACITY];
    private final int[] interfaces = new int[CAPACITY];
    private final boolean[] truncated = new boolean[CAPACITY];
    private int count;

    /** How many packets there are, 0 to {@value #CAPACITY}. */
    public int count() {
        return count;
    }

    /** The content of packet {@code index}, in an array that is longer; see {@link #length}. Not to be kept. */
    public byte[] bytes(int index) {
        return bytes[index];
    }

    /** How many octets it has, 0 to {@value #MAX_LENGTH}. */
    public int length(int index) {
        return lengths[index];
    }

    /** Its sender, as 32 bits. */
    public int fromAddress(int index) {
        return fromAddresses[index];
    }

    /** Its sender's port, 0 to 65535. */
    public int fromPort(int index) {
        return fromPorts[index];
    }

    /** Where it was sent to: an address of ours or a broadcast address, as 32 bits; 0 where the system does not tell. */
    public int toAddress(int index) {
        return toAddresses[index];
    }

    /** The interface that it came in by; 0 where the system does not tell. */
    public int interfaceIndex(int index) {
        return interfaces[index];
    }

    /** True where it was longer than {@value #MAX_LENGTH} and its end is lost: to be counted and dropped. */
    public boolean truncated(int index) {
        return truncated[index];
    }

    /** Takes all packets out. */
    public void clear() {
        count = 0;
    }

    /**
     * Adds a packet; for ports. Its content is then written to {@link #bytes}.
     *
     * @return its index
     * @throws IndexOutOfBoundsException if the batch is full
     */
    public int add(int length, boolean cut, int fromAddress, int fromPort, int toAddress, int interfaceIndex) {
        lengths[count] = length;
        truncated[count] = cut;
        fromAddresses[count] = fromAddress;
        fromPorts[count] = fromPort;
        toAddresses[count] = toAddress;
        interfaces[count] = interfaceIndex;
        return count++;
    }
}
