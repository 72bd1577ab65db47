package io.innkeeper.dns.log;

/** Writes down what was asked. For the thread of the server: quick, never waits, and keeps nothing of the arrays. */
public interface QueryRecorder {
    /** Writes down nothing. */
    QueryRecorder NONE = new QueryRecorder() {
        @Override
        public void add(
                long atMs,
                long clientHigh,
                long clientLow,
                byte[] bytes,
                int nameAt,
                int nameLength,
                int type,
                int rcode,
                QueryStep step,
                int detail,
                int micros,
                int transport,
                int security) {
            // Nobody wants to know.
        }

        @Override
        public void flush() {
            // There is nothing to hand on.
        }
    };

    /**
     * One question that has its answer.
     *
     * @param clientHigh with {@code clientLow} the client's address, IPv4 in its IPv6 form
     * @param bytes holds the name, as in a message
     * @param detail the number of the list or upstream; -1 for none
     * @param micros from question to answer
     * @param transport 0 UDP, 1 TCP, 2 TLS, 3 HTTPS
     * @param security the place in {@link io.innkeeper.dns.forward.Security}
     */
    void add(
            long atMs,
            long clientHigh,
            long clientLow,
            byte[] bytes,
            int nameAt,
            int nameLength,
            int type,
            int rcode,
            QueryStep step,
            int detail,
            int micros,
            int transport,
            int security);

    /** Hands on what was gathered; called when there is nothing else to do, and at least every second. */
    void flush();
}
