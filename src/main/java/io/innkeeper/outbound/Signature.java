package io.innkeeper.outbound;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Shows a receiver that a request is ours, and how old it is (docs/outbound.md has how to check it). */
final class Signature {
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /**
     * The value of the header {@code Innkeeper-Signature}.
     *
     * @param secret what both sides know; not empty
     * @param atS when it is signed, seconds since 1970
     * @param body the body of the request as it is sent
     */
    static String of(String secret, long atS, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            byte[] code = mac.doFinal((atS + "." + body).getBytes(StandardCharsets.UTF_8));
            return "t=" + atS + ",v1=" + HexFormat.of().formatHex(code);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
