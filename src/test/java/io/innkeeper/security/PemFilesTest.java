package io.innkeeper.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemFilesTest {
    @TempDir
    private Path folder;

    /** Takes every certificate: what is shown is what the test looks at. */
    private static final class Credulous implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @BeforeEach
    void needsOpenssl() {
        assumeTrue(TestingCertificate.possible(), "needs openssl");
    }

    /** The common name of the certificate that a client is shown. */
    private static String shown(PemFiles files) throws Exception {
        try (SSLServerSocket listening = (SSLServerSocket)
                files.context().getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
                try (SSLSocket accepted = (SSLSocket) listening.accept()) {
                    accepted.startHandshake();
                    accepted.getOutputStream().write(1);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            SSLContext client = SSLContext.getInstance("TLS");
            client.init(null, new TrustManager[] {new Credulous()}, null);
            try (SSLSocket socket = (SSLSocket) client.getSocketFactory()
                    .createSocket(InetAddress.getLoopbackAddress(), listening.getLocalPort())) {
                socket.startHandshake();
                assertThat(socket.getInputStream().read()).isOne();
                served.get(20, TimeUnit.SECONDS);
                return socket.getSession().getPeerPrincipal().getName();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa:2048", "ec", "ed25519"})
    void keysOfEachKindServe(String kind) throws Exception {
        TestingCertificate made = TestingCertificate.make(folder, "one", kind);
        PemFiles files = new PemFiles(made.certificate(), made.key());
        assertThat(shown(files)).isEqualTo("CN=one");
        assertThat(files.complaint(Instant.now())).isEmpty();
        assertThat(files.complaint(Instant.now().plus(Duration.ofDays(3))).orElseThrow())
                .contains("is over since");
    }

    @Test
    void whatChangesIsReadAgain() throws Exception {
        TestingCertificate made = TestingCertificate.make(folder, "one", "ec");
        PemFiles files = new PemFiles(made.certificate(), made.key());
        assertThat(files.look()).isFalse();
        TestingCertificate.make(folder, "two", "rsa:2048").replace(made);
        assertThat(files.look()).isTrue();
        assertThat(shown(files)).isEqualTo("CN=two");
        assertThat(files.look()).isFalse();
    }

    @Test
    void whatIsBrokenLeavesTheOldOne() throws Exception {
        TestingCertificate made = TestingCertificate.make(folder, "one", "ec");
        TestingCertificate other = TestingCertificate.make(folder, "other", "ec");
        PemFiles files = new PemFiles(made.certificate(), made.key());
        Files.writeString(made.key(), Files.readString(other.key()));
        assertThat(files.look()).isFalse();
        assertThat(files.complaint(Instant.now()).orElseThrow())
                .contains("does not belong to the certificate", "goes on");
        assertThat(shown(files)).isEqualTo("CN=one");
        Files.writeString(made.certificate(), Files.readString(other.certificate()));
        assertThat(files.look()).isTrue();
        assertThat(files.complaint(Instant.now())).isEmpty();
        assertThat(shown(files)).isEqualTo("CN=other");
        Files.delete(made.key());
        assertThat(files.look()).isFalse();
        assertThat(files.complaint(Instant.now()).orElseThrow()).contains("cannot be read");
    }

    @Test
    void whatCannotBeUsedIsSaid() throws Exception {
        TestingCertificate made = TestingCertificate.make(folder, "one", "rsa:2048");
        Path old = folder.resolve("old.key");
        TestingCertificate.openssl(
                List.of("rsa", "-in", made.key().toString(), "-traditional", "-out", old.toString()));
        assertThatThrownBy(() -> new PemFiles(made.certificate(), old))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
        assertThatThrownBy(() -> new PemFiles(made.key(), made.key())).hasMessageContaining("has no certificate");
        assertThatThrownBy(() -> new PemFiles(folder.resolve("none"), made.key()))
                .hasMessageContaining("cannot be read");
        TestingCertificate ec = TestingCertificate.make(folder, "ec", "ec");
        assertThatThrownBy(() -> new PemFiles(made.certificate(), ec.key())).hasMessageContaining("is no RSA key");
        Path broken = Files.writeString(
                folder.resolve("b"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertThatThrownBy(() -> new PemFiles(broken, made.key())).hasMessageContaining("cannot be read");
        Path big = Files.writeString(folder.resolve("big"), "x".repeat(PemFiles.MAX_OCTETS + 1));
        assertThatThrownBy(() -> new PemFiles(big, made.key())).hasMessageContaining("longer than");
    }
}
