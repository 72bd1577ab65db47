package io.innkeeper.io;

import io.innkeeper.wire.net.IpAddress;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/** {@link QueryPort} of Linux: several sockets, taken from in turn. */
public final class LinuxQueryPort implements QueryPort {
    /** The most questions of one batch, over all sockets. */
    public static final int CAPACITY = 256;

    /** Where to listen. */
    public record Place(IpAddress address, int port) {}

    private final Arena arena = Arena.ofShared();
    private final List<QuerySocket> sockets = new ArrayList<>();
    private final Wakeup wakeup;
    private final Poll poll;
    private final byte[][] bytes = new byte[CAPACITY][MAX_LENGTH];
    private final int[] lengths = new int[CAPACITY];
    private final int[] socketOf = new int[CAPACITY];
    private final int[] slots = new int[CAPACITY];
    private int first;
    private boolean closed;

    private LinuxQueryPort(List<Place> places) throws IOException {
        this.wakeup = new Wakeup();
        try {
            for (Place place : places) {
                sockets.add(QuerySocket.open(place.address(), place.port(), arena, wakeup));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
        this.poll = new Poll(
                arena, wakeup, sockets.stream().mapToInt(QuerySocket::fd).toArray());
    }

    /**
     * Opens and binds a socket for each place.
     *
     * @throws IOException with a sentence for people where one cannot be had; then none is open
     */
    public static LinuxQueryPort open(List<Place> places) throws IOException {
        return new LinuxQueryPort(places);
    }

    @Override
    public int receive(int timeoutMs) throws IOException {
        // Under load there is always something: then one system call is enough.
        int count = take();
        if (count == 0 && poll.await(timeoutMs)) {
            count = take();
        }
        return count;
    }

    /** What is there; each time another socket is the first, so that none waits for the others. */
    private int take() throws IOException {
        int count = 0;
        int sockets = this.sockets.size();
        first = first + 1 >= sockets ? 0 : first + 1;
        for (int i = 0; i < sockets && count < CAPACITY; i++) {
            int index = (first + i) % sockets;
            QuerySocket socket = this.sockets.get(index);
            int taken = socket.take(CAPACITY - count);
            for (int slot = 0; slot < taken; slot++) {
                lengths[count] = socket.length(slot);
                socketOf[count] = index;
                slots[count] = slot;
                socket.copyTo(slot, bytes[count], lengths[count]);
                count++;
            }
            if (taken > 0) {
                socket.note(taken - 1);
            }
        }
        return count;
    }

    private QuerySocket of(int index) {
        return sockets.get(socketOf[index]);
    }

    @Override
    public byte[] bytes(int index) {
        return bytes[index];
    }

    @Override
    public int length(int index) {
        return lengths[index];
    }

    @Override
    public boolean truncated(int index) {
        return of(index).truncated(slots[index]);
    }

    @Override
    public int socket(int index) {
        return socketOf[index];
    }

    @Override
    public long clientHigh(int index) {
        return of(index).clientHigh(slots[index]);
    }

    @Override
    public long clientLow(int index) {
        return of(index).clientLow(slots[index]);
    }

    @Override
    public int clientPort(int index) {
        return of(index).clientPort(slots[index]);
    }

    @Override
    public Peer peer(int index) {
        return of(index).peer(slots[index], socketOf[index]);
    }

    @Override
    public void answer(int index, byte[] payload, int length) {
        of(index).answer(slots[index], payload, length);
    }

    @Override
    public void answer(Peer peer, byte[] payload, int length) {
        sockets.get(peer.socket()).answer(peer, payload, length);
    }

    @Override
    public void flush() {
        for (int i = 0; i < sockets.size(); i++) {
            sockets.get(i).flush();
        }
    }

    @Override
    public void wake() {
        wakeup.call();
    }

    @Override
    public long dropped() {
        return sockets.stream().mapToLong(QuerySocket::dropped).sum();
    }

    @Override
    public long failed() {
        return sockets.stream().mapToLong(QuerySocket::failed).sum();
    }

    @Override
    public int localPort(int socket) {
        return sockets.get(socket).localPort();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            sockets.forEach(QuerySocket::close);
            wakeup.close();
            arena.close();
        }
    }
}
