package io.innkeeper.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A certificate and its key from PEM files, for TLS as a server. The files are looked at now and then, and what they hold then
 * counts for the next handshake; where it cannot be used, what counted before goes on. For all threads.
 */
public final class PemFiles {
    private static final Logger LOG = LoggerFactory.getLogger(PemFiles.class);

    /** More than any chain of certificates has. */
    static final int MAX_OCTETS = 1 << 20;

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private static final char[] NO_PASSWORD = {};

    /** A key with its certificates; the alias is another one each time, so that a handshake does not mix two of them. */
    private record Loaded(X509ExtendedKeyManager manager, String alias, Instant until) {}

    private final Path certificate;
    private final Path key;
    private final SSLContext context;
    private String mark;
    private int count;
    private volatile Loaded current;
    private volatile Loaded before;
    private volatile @Nullable String error;

    /**
     * Reads them.
     *
     * @param certificate the certificate, and behind it those that it depends on
     * @param key PKCS #8, for RSA, EC or Ed25519
     * @throws IOException if they cannot be used; the message says why, and what to do
     */
    public PemFiles(Path certificate, Path key) throws IOException {
        this(certificate, key, null);
    }

    /**
     * The same for a server whose clients may have to show certificates.
     *
     * @param clients certificates that sign those of clients, or are theirs: a PEM file, read once; null for those of this Java
     * @throws IOException if they cannot be used; the message says why, and what to do
     */
    public PemFiles(Path certificate, Path key, @Nullable Path clients) throws IOException {
        this.certificate = certificate;
        this.key = key;
        this.mark = mark();
        this.current = load();
        this.before = current;
        this.context = context(new Newest(), clients == null ? null : trusted(clients));
    }

    private static TrustManager[] trusted(Path clients) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            int number = 0;
            for (X509Certificate signer : certificates(clients)) {
                store.setCertificateEntry("client" + number++, signer);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "the certificates of clients in " + clients + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static SSLContext context(KeyManager keys, TrustManager @Nullable [] trusted) throws IOException {
        try {
            SSLContext made = SSLContext.getInstance("TLS");
            made.init(new KeyManager[] {keys}, trusted, null);
            return made;
        } catch (GeneralSecurityException e) {
            throw new IOException("no TLS in this Java: " + e.getMessage(), e);
        }
    }

    /** For servers; always with what was read last. */
    public SSLContext context() {
        return context;
    }

    /**
     * Looks whether the files are others now, and reads them again then.
     *
     * @return true where another certificate counts from now on
     */
    public synchronized boolean look() {
        String now = mark();
        if (now.equals(mark)) {
            return false;
        }
        mark = now;
        try {
            Loaded next = load();
            before = current;
            current = next;
            error = null;
            LOG.info("The certificate {} was read again; it is good until {}", certificate, next.until());
            return true;
        } catch (IOException e) {
            error = e.getMessage();
            LOG.warn("{}; the certificate that was read before goes on", e.getMessage());
            return false;
        }
    }

    /** What is wrong with them now; empty for nothing. */
    public Optional<String> complaint(Instant now) {
        String wrong = error;
        if (wrong != null) {
            return Optional.of(wrong + "; the certificate that was read before goes on");
        }
        Instant until = current.until();
        return now.isAfter(until)
                ? Optional.of("the certificate " + certificate + " is over since " + until)
                : Optional.empty();
    }

    private String mark() {
        return mark(certificate) + "\n" + mark(key);
    }

    private static String mark(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return found.fileKey() + " " + found.size() + " " + found.lastModifiedTime();
        } catch (IOException e) {
            return "";
        }
    }

    private Loaded load() throws IOException {
        List<X509Certificate> chain = certificates(certificate);
        X509Certificate own = chain.getFirst();
        PrivateKey secret = privateKey(read(key), own.getPublicKey().getAlgorithm());
        if (!belongs(secret, own)) {
            throw new IOException("the key " + key + " does not belong to the certificate " + certificate);
        }
        String alias = "own" + count++;
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry(alias, secret, NO_PASSWORD, chain.toArray(Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
            factory.init(store, NO_PASSWORD);
            X509ExtendedKeyManager manager = (X509ExtendedKeyManager) factory.getKeyManagers()[0];
            return new Loaded(manager, alias, own.getNotAfter().toInstant());
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate " + certificate + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static String read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(MAX_OCTETS + 1);
            if (octets.length > MAX_OCTETS) {
                throw new IOException("it is longer than " + MAX_OCTETS + " octets");
            }
            return new String(octets, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IOException("the file " + file + " cannot be read: " + e, e);
        }
    }

    private static List<X509Certificate> certificates(Path file) throws IOException {
        List<X509Certificate> chain = new ArrayList<>();
        Matcher block = BLOCK.matcher(read(file));
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            while (block.find()) {
                if (block.group(1).equals("CERTIFICATE")) {
                    InputStream octets = new ByteArrayInputStream(octets(block));
                    chain.add((X509Certificate) factory.generateCertificate(octets));
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("the file " + file + " has a certificate that cannot be read: " + e, e);
        }
        if (chain.isEmpty()) {
            throw new IOException("the file " + file + " has no certificate: it needs a PEM block that begins with"
                    + " -----BEGIN CERTIFICATE-----");
        }
        return chain;
    }

    private static byte[] octets(Matcher block) {
        return Base64.getMimeDecoder().decode(block.group(2));
    }

    private PrivateKey privateKey(String text, String algorithm) throws IOException {
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (block.group(1).equals("PRIVATE KEY")) {
                try {
                    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(octets(block)));
                } catch (GeneralSecurityException | IllegalArgumentException e) {
                    throw new IOException(
                            "the key " + key + " is no " + algorithm + " key, as its certificate has, or broken", e);
                }
            }
        }
        throw new IOException("the file " + key + " has no key as PKCS #8 (-----BEGIN PRIVATE KEY-----): make one with"
                + " openssl pkcs8 -topk8 -nocrypt");
    }

    private static boolean belongs(PrivateKey secret, X509Certificate own) {
        try {
            Signature signature = Signature.getInstance(
                    switch (secret.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> secret.getAlgorithm();
                    });
            byte[] text = {1, 2, 3};
            signature.initSign(secret);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(own.getPublicKey());
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Hands each handshake to the newest key. */
    private final class Newest extends X509ExtendedKeyManager {
        private X509ExtendedKeyManager of(String alias) {
            Loaded now = current;
            return alias.equals(now.alias()) ? now.manager() : before.manager();
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return current.manager().chooseEngineServerAlias(type, issuers, engine);
        }

        @Override
        public @Nullable String chooseServerAlias(
                String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return current.manager().chooseServerAlias(type, issuers, socket);
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return of(alias).getCertificateChain(alias);
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return of(alias).getPrivateKey(alias);
        }

        @Override
        public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
            return current.manager().getServerAliases(type, issuers);
        }

        @Override
        public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }
    }
}
