package io.innkeeper.bench;

/**
 * Whom the load goes to, and as whom. Addresses are {@code int} bits.
 *
 * @param server the server's address; answers from others are not seen
 * @param serverPort its port
 * @param local the address that packets come from
 * @param localPort the port they come from: 67 as a relay has, or 0 for any, where the server answers to the source
 * @param giaddr the relay's address in the messages
 * @param timeoutMs after so many milliseconds an answer counts as dropped, and is asked for again
 * @param tries so often is a message sent before an exchange counts as failed
 * @param firstClient number of the first client: clients of another load have other numbers
 * @param serverPid the server's process, for its CPU time and memory; 0 where it is not on this machine
 */
public record LoadTarget(
        int server,
        int serverPort,
        int local,
        int localPort,
        int giaddr,
        int timeoutMs,
        int tries,
        int firstClient,
        long serverPid) {

    /** A relay on the server's port and its own address, with one second's patience and four tries. */
    public static LoadTarget of(int server, int serverPort, int local, int localPort) {
        return new LoadTarget(server, serverPort, local, localPort, local, 1000, 4, 0, 0);
    }

    /**
     * Reads {@code 10.0.0.1}.
     *
     * @throws IllegalArgumentException where it is no IPv4 address
     */
    public static int address(String text) {
        int address = 0;
        String[] parts = text.split("\\.", -1);
        for (String part : parts) {
            int octet = Integer.parseInt(part);
            if (parts.length != 4 || octet < 0 || octet > 255) {
                throw new IllegalArgumentException(text + ": no IPv4 address");
            }
            address = (address << 8) | octet;
        }
        return address;
    }

    /** The usual form of an address. */
    public static String text(int address) {
        return (address >>> 24) + "." + ((address >>> 16) & 0xff) + "." + ((address >>> 8) & 0xff) + "."
                + (address & 0xff);
    }
}
