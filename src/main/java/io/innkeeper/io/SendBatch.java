package io.innkeeper.io;

/**
 * UDP packets that are to leave together; {@link UdpPort#send} sends and empties it. Its arrays are used again and again. For
 * one thread.
 */
public final class SendBatch {
    /** The most packets of one batch. */
    public static final int CAPACITY = 256;

    /** The most octets of one packet. */
    public static final int MAX_LENGTH = 4096;

    private final byte[][] bytes = new byte[CAPACITY][MAX_LENGTH];
    private final int[] lengths = new int[CAPACITY];
    private final int[] toAddresses = new int[CAPACITY];
    private final int[] toPorts = new int[CAPACITY];
    private final int[] fromAddresses = new int[CAPACITY];
    private final int[] interfaces = new int[CAPACITY];
    private int count;

    /**
     * Adds a packet.
     *
     * @param payload copied
     * @param length how many octets of it, 0 to {@value #MAX_LENGTH}
     * @param toAddress the destination, as 32 bits; may be a broadcast address
     * @param toPort its port, 1 to 65535
     * @param fromAddress the address of ours that it comes from, as 32 bits; 0 where the kernel is to choose
     * @param interfaceIndex the interface that it leaves by; 0 where the routing table decides
     * @throws IllegalStateException if the batch {@link #isFull}
     * @throws IndexOutOfBoundsException if the packet is too long
     */
    public void add(byte[] payload, int length, int toAddress, int toPort, int fromAddress, int interfaceIndex) {
        if (isFull()) {
            throw new IllegalStateException("no more than " + CAPACITY + " packets at once");
        }
        System.arraycopy(payload, 0, bytes[count], 0, length);
        lengths[count] = length;
        toAddresses[count] = toAddress;
        toPorts[count] = toPort;
        fromAddresses[count] = fromAddress;
        interfaces[count] = interfaceIndex;
        count++;
    }

    /** True where nothing more fits in. */
    public boolean isFull() {
        return count == CAPACITY;
    }

    /** How many packets there are. */
    public int count() {
        return count;
    }

    /** The content of packet {@code index}, in an array that is longer. */
    public byte[] bytes(int index) {
        return bytes[index];
    }

    /** How many octets it has. */
    public int length(int index) {
        return lengths[index];
    }

    /** Its destination, as 32 bits. */
    public int toAddress(int index) {
        return toAddresses[index];
    }

    /** Its destination's port. */
    public int toPort(int index) {
        return toPorts[index];
    }

    /** The address that it comes from, as 32 bits; 0 where the kernel chooses. */
    public int fromAddress(int index) {
        return fromAddresses[index];
    }

    /** The interface that it leaves by; 0 where the routing table decides. */
    public int interfaceIndex(int index) {
        return interfaces[index];
    }

    /** Takes all packets out. */
    public void clear() {
        count = 0;
    }
}
