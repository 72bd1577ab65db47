package io.innkeeper.wire.rdk.v2;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The keys of one connection, one for each direction: HKDF-SHA256 (RFC 5869) of the key that both know, salted with the SHA-256
 * of the two frames of the handshake. So every connection has its own keys, and whoever alters the handshake on its way breaks it.
 *
 * @param fromSender for what the sender sends
 * @param fromMonitor for what the monitor sends
 */
public record SessionKeys(BodyCipher fromSender, BodyCipher fromMonitor) {
    /** Octets of the key that both know. */
    public static final int KEY = 32;

    /**
     * The keys of a connection.
     *
     * @param key {@value #KEY} octets that both know
     * @param hello the whole frame of the hello, as it was sent
     * @param welcome the whole frame of the welcome, as it was sent
     */
    public static SessionKeys of(byte[] key, byte[] hello, byte[] welcome) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(hello);
            byte[] salt = digest.digest(welcome);
            return new SessionKeys(
                    cipher(key, salt, "innkeeper lease v2 client"), cipher(key, salt, "innkeeper lease v2 server"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HKDF-SHA256", e);
        }
    }

    private static BodyCipher cipher(byte[] key, byte[] salt, String direction) throws GeneralSecurityException {
        HKDFParameterSpec spec = HKDFParameterSpec.ofExtract()
                .addIKM(key)
                .addSalt(salt)
                .thenExpand(direction.getBytes(StandardCharsets.US_ASCII), KEY);
        SecretKey derived = KDF.getInstance("HKDF-SHA256").deriveKey("AES", spec);
        return new BodyCipher(derived);
    }
}
