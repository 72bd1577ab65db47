package io.innkeeper.dns.forward;

/** One message to one upstream. */
final class Attempt<W> {
    final OpenQuestion<W> question;
    final int upstream;
    final long ticket;
    final byte[] message;
    final boolean stream;
    final boolean edns;
    final long sentAtMs;

    /** Messages that had its ticket and did not match. */
    int mismatches;

    /** True when TCP is tried too, because somebody may be guessing. */
    boolean doubted;

    Attempt(
            OpenQuestion<W> question,
            int upstream,
            long ticket,
            byte[] message,
            boolean stream,
            boolean edns,
            long sentAtMs) {
        this.question = question;
        this.upstream = upstream;
        this.ticket = ticket;
        this.message = message;
        this.stream = stream;
        this.edns = edns;
        this.sentAtMs = sentAtMs;
    }

    int id() {
        return QueryMessage.id(message);
    }
}
