package io.innkeeper.dhcp;

/**
 * How a packet came.
 *
 * @param link the link it came in by; null-object {@link Link#NONE} where only relayed traffic is served
 * @param fromAddress the sender, as 32 bits
 * @param fromPort its port
 * @param toAddress where it was sent to: one of our addresses, or the broadcast address; as 32 bits
 */
public record Arrival(Link link, int fromAddress, int fromPort, int toAddress) {
    /**
     * An interface of ours.
     *
     * @param index by which the kernel knows it; 0 for none
     * @param name such as {@code eth0}
     * @param addresses its IPv4 addresses, as 32 bits, primary first; our server identifier on it is the one in the client's
     *     subnet, else the first
     */
    public record Link(int index, String name, java.util.List<Integer> addresses) {
        /** No interface known. */
        public static final Link NONE = new Link(0, "", java.util.List.of());

        /** Copies the list. */
        public Link {
            addresses = java.util.List.copyOf(addresses);
        }
    }
}
