package io.innkeeper.io;

/** Sends the messages of a {@link MessageVector}, each whatever becomes of the others. For one thread; the counts are for all. */
final class VectorSender {
    /** How long a full socket buffer is waited for, for a whole batch; then the rest counts as failed. */
    private static final int PATIENCE_MS = 50;

    private final NativeSocket socket;
    private final Poll poll;
    private volatile long failed;
    private volatile String lastFailure = "";

    VectorSender(NativeSocket socket, Poll poll) {
        this.socket = socket;
        this.poll = poll;
    }

    /** Sends the first {@code count}; returns how many left. */
    int send(MessageVector vector, int count) {
        int sent = 0;
        int next = 0;
        boolean waited = false;
        while (next < count) {
            int result = socket.libc().sendmmsg(socket.fd(), vector.from(next), count - next, Libc.MSG_DONTWAIT);
            if (result > 0) {
                sent += result;
                next += result;
            } else if (result == -Errno.EAGAIN && !waited) {
                waited = !poll.awaitWritable(socket.fd(), PATIENCE_MS);
            } else if (result != -Errno.EINTR) {
                fail(-result);
                next++;
            }
        }
        return sent;
    }

    // One thread writes; volatile is for those who read.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void fail(int errno) {
        failed++;
        lastFailure = socket.libc().describe(errno);
    }

    long failed() {
        return failed;
    }

    String lastFailure() {
        return lastFailure;
    }
}
