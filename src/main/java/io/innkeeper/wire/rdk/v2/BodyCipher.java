package io.innkeeper.wire.rdk.v2;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts or decrypts the bodies of one direction of one connection (AES-256-GCM, NIST SP 800-38D). The nonce is the number of
 * the frame, which is not sent: a frame that comes again, late or altered does not open. Belongs to one thread.
 */
public final class BodyCipher {
    /** Octets by which a body grows. */
    static final int TAG = 16;

    private static final int NONCE = 12;

    private final SecretKey key;
    private final Cipher cipher;
    private long frames;

    BodyCipher(SecretKey key) {
        this.key = key;
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-GCM", e);
        }
    }

    /** The body encrypted, with its tag behind it. */
    byte[] seal(byte[] head, byte[] body) {
        try {
            return run(Cipher.ENCRYPT_MODE, head, body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a body cannot be encrypted", e);
        }
    }

    /** The body decrypted; null where it is not the next one that was encrypted with this key. */
    byte @Nullable [] open(byte[] head, byte[] body) {
        try {
            return body.length < TAG ? null : run(Cipher.DECRYPT_MODE, head, body);
        } catch (AEADBadTagException notTheirs) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a body cannot be decrypted", e);
        }
    }

    private byte[] run(int mode, byte[] head, byte[] body) throws GeneralSecurityException {
        byte[] nonce = ByteBuffer.allocate(NONCE).putInt(0).putLong(frames).array();
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
        cipher.updateAAD(head);
        byte[] done = cipher.doFinal(body);
        frames++;
        return done;
    }

    /** Frames that went through. */
    long frames() {
        return frames;
    }
}
