package io.innkeeper.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom encrypted connections trust. */
final class Tls {
    private Tls() {}

    /**
     * Trusts the certificates of a file (PEM), or, without one, those that Java trusts.
     *
     * @throws IOException if the file cannot be read or holds no certificate
     */
    static SSLContext context(@Nullable Path caFile) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, caFile == null ? null : trust(caFile).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates of " + caFile + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static TrustManagerFactory trust(Path caFile) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream stream = Files.newInputStream(caFile)) {
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(stream)) {
                trusted.setCertificateEntry("ca-" + trusted.size(), each);
            }
        }
        if (trusted.size() == 0) {
            throw new IOException("there is no certificate in " + caFile);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory;
    }
}
