package io.innkeeper.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.innkeeper.TestingApp;
import io.innkeeper.security.TestingCertificate;
import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.DnsRecord;
import io.innkeeper.wire.dns.Question;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.IpAddress;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DNS over TLS and HTTPS of the whole program, asked by kdig, curl and Java's HTTP client. */
class DnsDoorsPeerTest {
    private static final String TYPE = "application/dns-message";
    private static final DnsMessage QUERY = DnsMessage.query(
            0, DnsMessage.RECURSION_DESIRED, new Question(DnsName.of("nas.home.arpa"), RecordType.A, 1), null);

    @TempDir
    private Path folder;

    private TestingCertificate certificate;
    private TestingApp app;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(TestingCertificate.possible(), "needs openssl");
        certificate = TestingCertificate.make(folder, "one", "ec");
        TestingApp.write(folder.resolve("innkeeper.yaml"), TestingApp.yaml(folder, """
                dns:
                  listen: "127.0.0.1:0"
                  upstreams: ["udp://127.0.0.1:9"]
                  local: {ttl: 77s, hosts: {nas: {address: 192.168.1.2}}}
                  tls: {listen: "127.0.0.1:0", https: "127.0.0.1:0", certificate: %s, key: %s}
                """.formatted(
                        certificate.certificate(), certificate.key())));
        app = TestingApp.start(folder, "log.level=info");
    }

    @AfterEach
    void stop() {
        if (app != null) {
            app.close();
        }
    }

    private int port(String of) {
        Pattern line = Pattern.compile(of + " is at (?:https://)?127\\.0\\.0\\.1:([0-9]+)");
        await().until(() -> line.matcher(log()).find());
        Matcher found = line.matcher(log());
        assertThat(found.find()).isTrue();
        return Integer.parseInt(found.group(1));
    }

    private String log() {
        return app.log.toString(StandardCharsets.UTF_8);
    }

    private HttpClient client() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(certificate.certificate())) {
            trusted.setCertificateEntry(
                    "one", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static HttpRequest.Builder get(URI at, byte[] query) {
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(query);
        return HttpRequest.newBuilder(at.resolve("/dns-query?dns=" + text)).header("Accept", TYPE);
    }

    private static void isAnswer(HttpResponse<byte[]> response, HttpClient.Version version) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.version()).isEqualTo(version);
        assertThat(response.headers().firstValue("content-type")).contains(TYPE);
        assertThat(response.headers().firstValue("cache-control")).contains("max-age=77");
        DnsMessage answer = (DnsMessage) DnsMessage.parse(response.body(), 0, response.body().length);
        assertThat(answer.answers())
                .containsExactly(DnsRecord.address(
                        DnsName.of("nas.home.arpa"),
                        77,
                        IpAddress.parse("192.168.1.2").orElseThrow()));
    }

    @Test
    void kdigIsAnsweredByTlsAndHttps() {
        assumeTrue(Programs.exists("kdig"), "needs kdig");
        String tls = Programs.run(
                "kdig",
                "+tls-ca=" + certificate.certificate(),
                "+tls-host=dns.test",
                "@127.0.0.1",
                "-p",
                "" + port("DNS over TLS"),
                "nas.home.arpa",
                "A");
        assertThat(tls).contains("status: NOERROR", "192.168.1.2", "TLS session (TLS1.3)");
        String many = Programs.run(
                "kdig",
                "+tls",
                "+keepopen",
                "@127.0.0.1",
                "-p",
                "" + port("DNS over TLS"),
                "nas.home.arpa",
                "A",
                "nas.home.arpa",
                "AAAA",
                "none.home.arpa",
                "A");
        assertThat(many).contains("192.168.1.2", "NXDOMAIN");
        String https =
                Programs.run("kdig", "+https", "@127.0.0.1", "-p", "" + port("DNS over HTTPS"), "nas.home.arpa", "A");
        assertThat(https).contains("status: NOERROR", "192.168.1.2", "HTTP/2");
        String byGet = Programs.run(
                "kdig", "+https-get", "@127.0.0.1", "-p", "" + port("DNS over HTTPS"), "nas.home.arpa", "A");
        assertThat(byGet).contains("status: NOERROR", "192.168.1.2");
    }

    @Test
    void curlIsAnswered() {
        assumeTrue(Programs.exists("curl"), "needs curl");
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(QUERY.write(512));
        String said = Programs.run(
                "curl",
                "-sS",
                "--cacert",
                certificate.certificate().toString(),
                "--http1.1",
                "-o",
                "/dev/null",
                "-w",
                "%{http_code} %{http_version} %{content_type}",
                "https://127.0.0.1:" + port("DNS over HTTPS") + "/dns-query?dns=" + text);
        assertThat(said).isEqualTo("200 1.1 " + TYPE);
    }

    @Test
    void javaIsAnsweredByHttpsAndByTheApi() throws Exception {
        URI https = URI.create("https://127.0.0.1:" + port("DNS over HTTPS"));
        byte[] query = QUERY.write(512);
        try (HttpClient client = client()) {
            isAnswer(client.send(get(https, query).build(), BodyHandlers.ofByteArray()), HttpClient.Version.HTTP_2);
            HttpRequest post = HttpRequest.newBuilder(https.resolve("/dns-query"))
                    .header("Content-Type", TYPE)
                    .POST(BodyPublishers.ofByteArray(query))
                    .build();
            isAnswer(client.send(post, BodyHandlers.ofByteArray()), HttpClient.Version.HTTP_2);
            HttpRequest old =
                    get(https, query).version(HttpClient.Version.HTTP_1_1).build();
            isAnswer(client.send(old, BodyHandlers.ofByteArray()), HttpClient.Version.HTTP_1_1);
            HttpRequest elsewhere =
                    HttpRequest.newBuilder(https.resolve("/api/v1/leases")).build();
            assertThat(client.send(elsewhere, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(404);
        }
        isAnswer(app.http.send(get(app.uri(), query).build(), BodyHandlers.ofByteArray()), HttpClient.Version.HTTP_1_1);
    }

    private int status(String method, String path, byte[] body, String type) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(app.uri().resolve(path))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .header("Content-Type", type)
                .build();
        return app.http.send(request, BodyHandlers.discarding()).statusCode();
    }

    @Test
    void nonsenseIsRefused() throws Exception {
        port("DNS over HTTPS");
        byte[] none = {};
        byte[] query = QUERY.write(512);
        assertThat(status("GET", "/dns-query", none, TYPE)).isEqualTo(400);
        assertThat(status("GET", "/dns-query?dns=!!!", none, TYPE)).isEqualTo(400);
        assertThat(status("GET", "/dns-query?dns=AAAA", none, TYPE)).isEqualTo(400);
        assertThat(status("GET", "/dns-query?dns=" + "A".repeat(40), none, TYPE))
                .isNotEqualTo(500);
        assertThat(status("POST", "/dns-query", query, TYPE)).isEqualTo(200);
        assertThat(status("POST", "/dns-query", query, "application/json")).isEqualTo(415);
        assertThat(status("POST", "/dns-query", new byte[65_536], TYPE)).isEqualTo(413);
        query[2] |= (byte) 0x80;
        assertThat(status("POST", "/dns-query", query, TYPE)).as("an answer").isEqualTo(400);
        assertThat(status("PUT", "/dns-query", query, TYPE)).isEqualTo(405);
    }

    @Test
    void aRefusedBodyIsReadSoThatItsSenderSeesTheAnswer() throws Exception {
        port("DNS over HTTPS");
        try (Socket socket = new Socket(app.uri().getHost(), app.uri().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /dns-query HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + TYPE
                            + "\r\nContent-Length: 65536\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[32_768]);
            socket.setSoTimeout(200);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
            socket.setSoTimeout(10_000);
            out.write(new byte[32_768]);
            assertThat(in.readLine()).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void aNewCertificateIsTakenWhileItRuns() throws Exception {
        assumeTrue(Programs.exists("kdig"), "needs kdig");
        int port = port("DNS over TLS");
        TestingCertificate.make(folder, "two", "rsa:2048").replace(certificate);
        await().until(() -> log().contains("was read again"));
        String tls = Programs.run(
                "kdig",
                "+tls-ca=" + certificate.certificate(),
                "+tls-host=dns.test",
                "@127.0.0.1",
                "-p",
                "" + port,
                "nas.home.arpa",
                "A");
        assertThat(tls).contains("192.168.1.2");
    }

    @Test
    void theCacheFileIsThereAfterTheEnd() throws Exception {
        port("DNS over TLS");
        app.close();
        assertThat(folder.resolve("innkeeper.db-dns-cache")).exists();
        app = TestingApp.start(folder, "dns.cache.save=false");
        app.close();
        assertThat(folder.resolve("innkeeper.db-dns-cache")).doesNotExist();
        app = TestingApp.start(folder);
    }
}
