package io.innkeeper.tell;

import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsRecord;
import io.innkeeper.wire.dns.Question;
import io.innkeeper.wire.dns.Rcode;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Asks name servers over UDP, one after the other, twice. An answer that does not fit into a datagram is used as far as it came. */
final class UdpResolver implements ServiceLookup.Resolver {
    private static final int ROUNDS = 2;
    private static final int TIMEOUT_MS = 700;
    private static final int LONGEST = 4_096;

    private final List<InetSocketAddress> servers;
    private final RandomGenerator random;

    /** @param random nobody may guess it: the numbers of the questions come from it */
    UdpResolver(List<InetSocketAddress> servers, RandomGenerator random) {
        this.servers = List.copyOf(servers);
        this.random = random;
    }

    @Override
    public List<DnsRecord> ask(Question question) throws IOException {
        if (servers.isEmpty()) {
            throw new IOException("this machine has no name server; write dns-sd:NAME@SERVER");
        }
        IOException why = new IOException();
        for (int round = 0; round < ROUNDS; round++) {
            for (InetSocketAddress server : servers) {
                try {
                    return ask(server, question);
                } catch (IOException e) {
                    why = new IOException("the name server " + server.getHostString() + " does not answer", e);
                }
            }
        }
        throw why;
    }

    private List<DnsRecord> ask(InetSocketAddress server, Question question) throws IOException {
        int id = random.nextInt(1 << 16);
        byte[] query = DnsMessage.query(id, DnsMessage.RECURSION_DESIRED, question, null)
                .write(DnsMessage.MIN_UDP_LENGTH);
        try (DatagramSocket socket = new DatagramSocket()) {
            // Only datagrams of this server are heard from here on.
            socket.connect(server);
            socket.send(new DatagramPacket(query, query.length));
            long until = System.nanoTime() + TIMEOUT_MS * 1_000_000L;
            for (long left = TIMEOUT_MS; left > 0; left = (until - System.nanoTime()) / 1_000_000) {
                socket.setSoTimeout((int) left);
                DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
                socket.receive(packet);
                Optional<List<DnsRecord>> records = records(packet, id, question);
                if (records.isPresent()) {
                    return records.get();
                }
            }
            throw new SocketTimeoutException();
        }
    }

    /** What an answer to this question says; empty where it is none. */
    private static Optional<List<DnsRecord>> records(DatagramPacket packet, int id, Question question)
            throws IOException {
        if (!(DnsMessage.parse(packet.getData(), 0, packet.getLength()) instanceof DnsMessage answer)
                || answer.id() != id
                || (answer.flags() & DnsMessage.RESPONSE) == 0
                || !answer.questions().equals(List.of(question))) {
            return Optional.empty();
        }
        int rcode = answer.rcode();
        if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
            throw new IOException("it answers with error " + rcode);
        }
        List<DnsRecord> records = new ArrayList<>(answer.answers());
        records.addAll(answer.additionals());
        return Optional.of(records);
    }
}
