package io.innkeeper.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.feed.dnsmasq.log.SyslogListener;
import io.innkeeper.feed.dnsmasq.log.TestingIntake;
import io.innkeeper.security.PemFiles;
import io.innkeeper.security.TestingCertificate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real rsyslog that follows a dnsmasq's lines and forwards them in every way it knows. */
@Tag("slow")
class RsyslogPeerTest {
    private static final int LINES = 2_000;
    private static final String INPUT = "dnsmasq.in";

    @TempDir
    private Path folder;

    private final TestingIntake intake = new TestingIntake();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private @Nullable Process rsyslog;
    private @Nullable SyslogListener listener;

    @BeforeEach
    void hasRsyslog() {
        Assumptions.assumeTrue(Programs.exists("rsyslogd"), "needs rsyslog");
    }

    @AfterEach
    void end() {
        if (rsyslog != null) {
            Programs.end(rsyslog);
        }
        if (listener != null) {
            listener.close();
        }
        assertThat(failure.get()).isNull();
    }

    private SyslogListener listen(
            List<InetSocketAddress> udp, List<InetSocketAddress> tcp, SyslogListener.@Nullable Tls tls) {
        SyslogListener made = new SyslogListener(
                new SyslogListener.Settings(udp, tcp, tls, List.of(), 10), intake, InstantSource.system());
        listener = made;
        made.start(failure::set);
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> made.udp().size() + made.streams().size() > 0);
        return made;
    }

    private static List<InetSocketAddress> somewhere() {
        return List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** Starts one that reads messages from a file, as if a dnsmasq had sent them, and forwards them. */
    private void forward(String global, String action) throws Exception {
        Files.createFile(folder.resolve(INPUT));
        Path config = folder.resolve("rsyslog.conf");
        Files.writeString(config, """
                global(workDirectory="%1$s" %2$s)
                module(load="imfile" mode="inotify")
                if $programname == "rsyslogd" then {
                    action(type="omfile" file="%1$s/own.log")
                    stop
                }
                input(type="imfile" file="%1$s/%3$s" tag="dnsmasq-dhcp[12]:" facility="daemon" severity="info")
                action(type="omfwd" target="127.0.0.1" action.resumeRetryCount="-1"
                    action.resumeInterval="1" queue.type="LinkedList" %4$s)
                """.formatted(folder, global, INPUT, action));
        rsyslog = new ProcessBuilder(
                        Programs.find("rsyslogd"),
                        "-n",
                        "-f",
                        config.toString(),
                        "-i",
                        folder.resolve("rsyslog.pid").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("rsyslog.out").toFile())
                .start();
    }

    private static String message(int number) {
        return "DHCPACK(eth0) 192.168.1." + number % 250 + " 02:00:00:00:00:01 line-" + number + "-end";
    }

    private void write(int from, int to) throws Exception {
        Files.write(
                folder.resolve(INPUT),
                IntStream.range(from, to).mapToObj(RsyslogPeerTest::message).toList(),
                StandardOpenOption.APPEND);
    }

    private void eachLineOnce() {
        await().atMost(60, TimeUnit.SECONDS).until(() -> intake.count() >= LINES);
        assertThat(intake.lines()).allMatch(line -> line.contains(" dnsmasq-dhcp[12]: DHCPACK(eth0) "));
        assertThat(intake.lines().stream()
                        .map(line -> line.substring(line.indexOf("DHCPACK")))
                        .toList())
                .containsExactlyElementsOf(IntStream.range(0, LINES)
                        .mapToObj(RsyslogPeerTest::message)
                        .toList());
    }

    @Test
    void byUdp() throws Exception {
        int port = listen(somewhere(), List.of(), null).udp().getFirst().getPort();
        forward("", "protocol=\"udp\" port=\"" + port + "\" template=\"RSYSLOG_TraditionalForwardFormat\"");
        write(0, LINES);
        eachLineOnce();
    }

    @Test
    void byTcpWithLineFeeds() throws Exception {
        int port = listen(List.of(), somewhere(), null).streams().getFirst().getPort();
        forward("", "protocol=\"tcp\" port=\"" + port + "\" TCP_Framing=\"traditional\"");
        write(0, LINES);
        eachLineOnce();
    }

    @Test
    void byTcpWithCountsAndTheNewFormat() throws Exception {
        int port = listen(List.of(), somewhere(), null).streams().getFirst().getPort();
        forward(
                "",
                "protocol=\"tcp\" port=\"" + port
                        + "\" TCP_Framing=\"octet-counted\" template=\"RSYSLOG_SyslogProtocol23Format\"");
        write(0, LINES);
        await().atMost(60, TimeUnit.SECONDS).until(() -> intake.count() >= LINES);
        assertThat(intake.lines().getFirst()).startsWith("<30>1 20").contains(" dnsmasq-dhcp 12 - ");
        assertThat(intake.lines().stream()
                        .map(line -> line.substring(line.indexOf("DHCPACK")))
                        .toList())
                .containsExactlyElementsOf(IntStream.range(0, LINES)
                        .mapToObj(RsyslogPeerTest::message)
                        .toList());
    }

    @Test
    void byTlsWhereBothShowACertificate() throws Exception {
        Assumptions.assumeTrue(TestingCertificate.possible(), "needs openssl");
        TestingCertificate ours = TestingCertificate.make(folder, "server", "rsa:2048");
        TestingCertificate theirs = TestingCertificate.make(folder, "sender", "rsa:2048");
        PemFiles pem = new PemFiles(ours.certificate(), ours.key(), theirs.certificate());
        int port = listen(List.of(), List.of(), new SyslogListener.Tls(somewhere(), pem::context, true))
                .streams()
                .getFirst()
                .getPort();
        forward(
                "defaultNetstreamDriver=\"gtls\" defaultNetstreamDriverCAFile=\"" + ours.certificate()
                        + "\" defaultNetstreamDriverCertFile=\"" + theirs.certificate()
                        + "\" defaultNetstreamDriverKeyFile=\"" + theirs.key() + "\"",
                "protocol=\"tcp\" port=\"" + port
                        + "\" TCP_Framing=\"octet-counted\" StreamDriver=\"gtls\" StreamDriverMode=\"1\""
                        + " StreamDriverAuthMode=\"x509/name\" StreamDriverPermittedPeers=\"dns.test\"");
        write(0, LINES);
        eachLineOnce();
    }

    @Test
    void rsyslogKeepsLinesWhileNobodyListens() throws Exception {
        SyslogListener first = listen(List.of(), somewhere(), null);
        InetSocketAddress address = first.streams().getFirst();
        forward("", "protocol=\"tcp\" port=\"" + address.getPort() + "\"");
        write(0, LINES / 2);
        await().atMost(60, TimeUnit.SECONDS).until(() -> intake.count() >= LINES / 2);
        first.close();
        // The first message that is written into a connection that was closed is lost: TCP does not say what arrived.
        write(LINES / 2, LINES / 2 + 1);
        listen(List.of(), List.of(address), null);
        write(LINES / 2 + 1, LINES);
        String last = message(LINES - 1);
        await().atMost(60, TimeUnit.SECONDS).until(() -> intake.lines().stream().anyMatch(line -> line.endsWith(last)));
        assertThat(intake.lines()).hasSizeGreaterThanOrEqualTo(LINES - 1).doesNotHaveDuplicates();
    }
}
