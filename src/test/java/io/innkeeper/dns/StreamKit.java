package io.innkeeper.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.config.ConfigDocument;
import io.innkeeper.config.ConfigLoader;
import io.innkeeper.config.ConfigResult;
import io.innkeeper.config.DnsConfig;
import io.innkeeper.dns.forward.ForValidator;
import io.innkeeper.dns.forward.Reply;
import io.innkeeper.dns.forward.Sending;
import io.innkeeper.dns.log.QueryTape;
import io.innkeeper.io.LinuxQueryPort;
import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.Question;
import io.innkeeper.wire.net.IpAddress;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A DNS server with a TCP listener on the loopback; what it asks of upstreams is held until the test answers. */
final class StreamKit implements DnsServer.Outside, AutoCloseable {
    static final IpAddress HERE = IpAddress.v4(0x7f000001);

    /** What went to the upstream. */
    final BlockingQueue<Sending> asked = new LinkedBlockingQueue<>();

    final BlockingQueue<Throwable> broken = new LinkedBlockingQueue<>();
    final StreamSlots slots;
    final DnsServer server;
    final StreamListener listener;

    /** With {@code nas.home.arpa} and these keys of the section. */
    StreamKit(String keys, StreamSlots slots, StreamListener.Wrapping wrapping) throws IOException {
        this.slots = slots;
        DnsPlan plan = DnsPlanBuilder.of(config(keys), List.of(), List.of());
        DnsEngine engine = new DnsEngine(plan, new Cookies(1, 2), () -> 7);
        LinuxQueryPort port = LinuxQueryPort.open(List.of(new LinuxQueryPort.Place(HERE, 0)));
        server = new DnsServer(port, engine, this, new QueryTape(), InstantSource.system(), List.of(0), broken::add);
        listener = new StreamListener(HERE, 0, server, 0, Transport.TCP, wrapping, slots, broken::add);
        server.start();
    }

    StreamKit() throws IOException {
        this("", new StreamSlots(100, 100, 30_000), socket -> socket);
    }

    private static DnsConfig config(String keys) {
        String text = """
                dns:
                  upstreams: ["udp://192.0.2.1"]
                  local: {hosts: {nas: {address: 192.168.1.2}}}
                """ + keys;
        ConfigResult result = ConfigLoader.load(new ConfigDocument("innkeeper.yaml", text), Map.of(), List.of(), null);
        assertThat(result.text()).doesNotContain("error: ");
        return Objects.requireNonNull(((ConfigResult.Valid) result).config().dns());
    }

    @Override
    public void send(Sending sending) {
        asked.add(sending);
    }

    @Override
    public void validate(ForValidator work) {
        throw new AssertionError("nobody wants this");
    }

    /** The next question that goes to the upstream. */
    Sending next() throws InterruptedException {
        return Objects.requireNonNull(asked.poll(20, TimeUnit.SECONDS), "no question");
    }

    /** The upstream answers. */
    void answer(Sending sending, byte[] message) {
        message[0] = sending.message()[0];
        message[1] = sending.message()[1];
        server.received(new Reply(sending.upstream(), sending.ticket(), message));
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** A question with its length before it. */
    static byte[] framed(String name, int type, int id) {
        byte[] message = DnsMessage.query(
                        id, DnsMessage.RECURSION_DESIRED, new Question(DnsName.of(name), type, 1), null)
                .write(512);
        byte[] framed = new byte[message.length + 2];
        framed[1] = (byte) message.length;
        System.arraycopy(message, 0, framed, 2, message.length);
        return framed;
    }

    /** The next answer of a connection. */
    static byte[] read(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] message = new byte[in.readUnsignedShort()];
        in.readFully(message);
        return message;
    }

    static DnsMessage message(byte[] octets) {
        return (DnsMessage) DnsMessage.parse(octets, 0, octets.length);
    }

    @Override
    public void close() {
        listener.close();
        server.close();
        assertThat(broken).isEmpty();
    }
}
