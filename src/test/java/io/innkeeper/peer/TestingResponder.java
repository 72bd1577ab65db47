package io.innkeeper.peer;

import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.DnsRecord;
import io.innkeeper.wire.dns.Question;
import io.innkeeper.wire.dns.Rcode;
import io.innkeeper.wire.dns.RecordType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A responder of multicast DNS on a machine of the test: it knows one name, and answers queries of old as RFC 6762 §6.7 has it. */
final class TestingResponder implements AutoCloseable {
    private static final int PORT = 5353;

    /** How many questions it heard, others' too. */
    final AtomicInteger heard = new AtomicInteger();

    private final DatagramChannel channel;
    private final DnsName reverse;
    private final DnsName name;

    TestingResponder(Guest guest, String reverse, String name) throws Exception {
        this.reverse = DnsName.of(reverse);
        this.name = DnsName.of(name);
        channel = InNamespace.call(guest.namespace(), () -> {
            DatagramChannel made = DatagramChannel.open(StandardProtocolFamily.INET);
            made.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            made.bind(new InetSocketAddress(PORT));
            made.join(InetAddress.getByName("224.0.0.251"), NetworkInterface.getByName(Guest.DEVICE));
            return made;
        });
        Thread.ofPlatform().daemon().name("responder").start(this::run);
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocate(9_000);
        try {
            while (channel.isOpen()) {
                buffer.clear();
                SocketAddress from = channel.receive(buffer);
                if (from != null
                        && DnsMessage.parse(buffer.array(), 0, buffer.position()) instanceof DnsMessage query
                        && !query.isResponse()) {
                    answer(query, from);
                }
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    private void answer(DnsMessage query, SocketAddress to) throws IOException {
        heard.incrementAndGet();
        if (query.questions().equals(List.of(Question.in(reverse, RecordType.PTR)))) {
            DnsMessage answer = query.answer(DnsMessage.AUTHORITATIVE, Rcode.NOERROR, null)
                    .withAnswers(List.of(DnsRecord.host(reverse, RecordType.PTR, 10, name)));
            channel.send(ByteBuffer.wrap(answer.write(DnsMessage.MIN_UDP_LENGTH)), to);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
