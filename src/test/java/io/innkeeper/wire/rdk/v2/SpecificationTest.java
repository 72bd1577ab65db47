package io.innkeeper.wire.rdk.v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.rdk.v2.Message.Ack;
import io.innkeeper.wire.rdk.v2.Message.AckStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/**
 * The example in docs/lease-monitor-v2.md is what goes over the wire, octet for octet; it is written there by {@code mvn -o -q
 * surefire:test -Dtest=SpecificationTest -Dtest.args=-Dinnkeeper.write-docs=true}. The encryption is done here a second time, by
 * the words of that page.
 */
class SpecificationTest {
    private static final Path PAGE = Path.of("docs/lease-monitor-v2.md");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)(## An example\n.*?\n\n)(.*?)(\n## )");
    private static final HexFormat HEX = HexFormat.of();

    private static final byte[] KEY = HEX.parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final Message.Hello HELLO =
            new Message.Hello(Message.VERSION, "00112233445566778899aabbccddeeff", "box", "a1".repeat(32), 1);
    private static final Message.Welcome WELCOME =
            new Message.Welcome("ffeeddccbbaa99887766554433221100", "b2".repeat(32), 200);
    private static final Message.Acks ACKS = new Message.Acks(List.of(new Ack("eth0", 1, AckStatus.STORED, "")));

    private final byte[] hello = new MessageWriter().write(HELLO);
    private final byte[] welcome = new MessageWriter().write(WELCOME);

    private static Message.Reports reports() {
        return new Message.Reports(
                TestingReports.AT,
                List.of(TestingReports.report(1, "eth0", Message.Priority.RENEW, TestingReports.sample("v4-bound"))));
    }

    private byte[] reportsFrame() {
        MessageWriter writer = new MessageWriter();
        writer.secure(SessionKeys.of(KEY, hello, welcome).fromSender());
        return writer.write(reports());
    }

    private byte[] acksFrame() {
        MessageWriter writer = new MessageWriter();
        writer.secure(SessionKeys.of(KEY, hello, welcome).fromMonitor());
        return writer.write(ACKS);
    }

    @Test
    void thePageHasWhatGoesOverTheWire() throws IOException, GeneralSecurityException {
        String page = Files.readString(PAGE);
        Matcher example = EXAMPLE.matcher(page);
        assertThat(example.find()).isTrue();
        if (Boolean.getBoolean("innkeeper.write-docs")) {
            Files.writeString(PAGE, page.substring(0, example.start(2)) + example() + page.substring(example.end(2)));
        } else {
            assertThat(example.group(2)).isEqualTo(example());
        }
    }

    private String example() throws GeneralSecurityException {
        return "```text\n"
                + part("the frame of the hello", hello)
                + part("the frame of the welcome", welcome)
                + part("the salt", salt())
                + part("the key for what the sender sends", derived("innkeeper lease v2 client"))
                + part("the key for what the monitor sends", derived("innkeeper lease v2 server"))
                + part("the body of a message of reports, before it is encrypted", MessageCodec.write(reports()))
                + part("its frame, the first that is encrypted", reportsFrame())
                + part("the body of the acknowledgement", MessageCodec.write(ACKS))
                + part("its frame, the monitor's first that is encrypted", acksFrame())
                        .stripTrailing()
                + "\n```\n";
    }

    private static String part(String name, byte[] octets) {
        StringBuilder text =
                new StringBuilder(name).append(", ").append(octets.length).append(" octets\n");
        for (int at = 0; at < octets.length; at += 32) {
            text.append("  ")
                    .append(HEX.formatHex(octets, at, Math.min(octets.length, at + 32)))
                    .append('\n');
        }
        return text.append('\n').toString();
    }

    private byte[] salt() throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(hello);
        return digest.digest(welcome);
    }

    /** RFC 5869 with one round, written out. */
    private byte[] derived(String info) throws GeneralSecurityException {
        byte[] extracted = hmac(salt(), KEY);
        byte[] name = info.getBytes(StandardCharsets.US_ASCII);
        byte[] round = Arrays.copyOf(name, name.length + 1);
        round[name.length] = 1;
        return hmac(extracted, round);
    }

    private static byte[] hmac(byte[] key, byte[] octets) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(octets);
    }

    @Test
    void theEncryptionIsAsThePageSays() throws GeneralSecurityException {
        assertThat(opened(reportsFrame(), derived("innkeeper lease v2 client")))
                .isEqualTo(MessageCodec.write(reports()));
        assertThat(opened(acksFrame(), derived("innkeeper lease v2 server"))).isEqualTo(MessageCodec.write(ACKS));
    }

    private static byte[] opened(byte[] frame, byte[] key) throws GeneralSecurityException {
        assertThat(ByteBuffer.wrap(frame).getInt()).isEqualTo(frame.length - 4);
        assertThat(frame[5]).as("encrypted, and not compressed").isEqualTo((byte) 2);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, new byte[12]));
        cipher.updateAAD(frame, 0, 6);
        return cipher.doFinal(frame, 6, frame.length - 6);
    }
}
