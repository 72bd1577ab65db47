package io.innkeeper.wire.rdk.v2;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import innkeeper.v1.MonitorAck;
import innkeeper.v1.MonitorAcks;
import innkeeper.v1.MonitorGoodbye;
import innkeeper.v1.MonitorHello;
import innkeeper.v1.MonitorPing;
import innkeeper.v1.MonitorPong;
import innkeeper.v1.MonitorRefused;
import innkeeper.v1.MonitorReports;
import innkeeper.v1.MonitorWelcome;
import io.innkeeper.wire.net.PrintableText;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages ⇄ the Protocol Buffers of {@code innkeeper/v1/lease_monitor.proto}. Reading is total. */
final class MessageCodec {
    private static final HexFormat HEX = HexFormat.of();

    private MessageCodec() {}

    static FrameType type(Message message) {
        return switch (message) {
            case Message.Hello _ -> FrameType.HELLO;
            case Message.Welcome _ -> FrameType.WELCOME;
            case Message.Refused _ -> FrameType.REFUSED;
            case Message.Reports _ -> FrameType.REPORTS;
            case Message.Acks _ -> FrameType.ACKS;
            case Message.Ping _ -> FrameType.PING;
            case Message.Pong _ -> FrameType.PONG;
            case Message.Goodbye _ -> FrameType.GOODBYE;
        };
    }

    /** The body of a message. */
    static byte[] write(Message message) {
        return switch (message) {
            case Message.Hello hello -> hello(hello).toByteArray();
            case Message.Welcome welcome -> welcome(welcome).toByteArray();
            case Message.Refused refused -> refused(refused).toByteArray();
            case Message.Reports reports -> ReportCodec.write(reports).toByteArray();
            case Message.Acks acks -> acks(acks).toByteArray();
            case Message.Ping _ -> MonitorPing.getDefaultInstance().toByteArray();
            case Message.Pong _ -> MonitorPong.getDefaultInstance().toByteArray();
            case Message.Goodbye goodbye ->
                MonitorGoodbye.newBuilder().setText(goodbye.text()).build().toByteArray();
        };
    }

    /** The message of a body; null where it is none. */
    static @Nullable Message read(FrameType type, byte[] body) {
        try {
            return switch (type) {
                case HELLO -> hello(MonitorHello.parseFrom(body));
                case WELCOME -> welcome(MonitorWelcome.parseFrom(body));
                case REFUSED -> refused(MonitorRefused.parseFrom(body));
                case REPORTS -> ReportCodec.read(MonitorReports.parseFrom(body));
                case ACKS -> acks(MonitorAcks.parseFrom(body));
                case PING -> body.length == 0 ? new Message.Ping() : null;
                case PONG -> body.length == 0 ? new Message.Pong() : null;
                case GOODBYE ->
                    new Message.Goodbye(shown(MonitorGoodbye.parseFrom(body).getText()));
            };
        } catch (InvalidProtocolBufferException notOne) {
            return null;
        }
    }

    private static ByteString octets(String hex) {
        return ByteString.copyFrom(HEX.parseHex(hex));
    }

    private static String hex(ByteString octets) {
        return HEX.formatHex(octets.toByteArray());
    }

    /** Text for people, as far as it is read. */
    private static String shown(String text) {
        return PrintableText.escape(text.substring(0, Math.min(text.length(), 4 * Message.MAX_NAME)));
    }

    private static MonitorHello hello(Message.Hello hello) {
        return MonitorHello.newBuilder()
                .setVersion(hello.version())
                .setSender(octets(hello.sender()))
                .setName(hello.name())
                .setNonce(octets(hello.nonce()))
                .setKey(hello.key())
                .build();
    }

    private static Message.@Nullable Hello hello(MonitorHello hello) {
        boolean good = hello.getSender().size() == Message.IDENTITY
                && hello.getNonce().size() == Message.NONCE
                && hello.getName().length() <= Message.MAX_NAME
                && hello.getKey() >= 0
                && hello.getKey() <= Message.MAX_KEY;
        // Of a version that is not known, nothing is to be expected but its number.
        return good || hello.getVersion() != Message.VERSION
                ? new Message.Hello(
                        hello.getVersion(),
                        hex(hello.getSender()),
                        shown(hello.getName()),
                        hex(hello.getNonce()),
                        hello.getKey())
                : null;
    }

    private static MonitorWelcome welcome(Message.Welcome welcome) {
        return MonitorWelcome.newBuilder()
                .setMonitor(octets(welcome.monitor()))
                .setNonce(octets(welcome.nonce()))
                .setWindow(welcome.window())
                .build();
    }

    private static Message.@Nullable Welcome welcome(MonitorWelcome welcome) {
        boolean good = welcome.getMonitor().size() == Message.IDENTITY
                && welcome.getNonce().size() == Message.NONCE
                && welcome.getWindow() >= 1;
        return good
                ? new Message.Welcome(hex(welcome.getMonitor()), hex(welcome.getNonce()), welcome.getWindow())
                : null;
    }

    private static MonitorRefused refused(Message.Refused refused) {
        return MonitorRefused.newBuilder()
                .setReasonValue(refused.reason().number)
                .setText(refused.text())
                .build();
    }

    private static Message.@Nullable Refused refused(MonitorRefused refused) {
        Message.Refusal reason = switch (refused.getReason()) {
            case MONITOR_REFUSAL_VERSION -> Message.Refusal.VERSION;
            case MONITOR_REFUSAL_KEY_UNKNOWN -> Message.Refusal.KEY_UNKNOWN;
            case MONITOR_REFUSAL_KEY_NEEDED -> Message.Refusal.KEY_NEEDED;
            case MONITOR_REFUSAL_BUSY -> Message.Refusal.BUSY;
            case MONITOR_REFUSAL_MALFORMED -> Message.Refusal.MALFORMED;
            case MONITOR_REFUSAL_UNSPECIFIED, UNRECOGNIZED -> null;
        };
        return reason == null ? null : new Message.Refused(reason, shown(refused.getText()));
    }

    private static MonitorAcks acks(Message.Acks acks) {
        MonitorAcks.Builder all = MonitorAcks.newBuilder();
        for (Message.Ack ack : acks.acks()) {
            all.addAcks(MonitorAck.newBuilder()
                    .setInterface(ack.ifname())
                    .setSequence(ack.sequence())
                    .setStatusValue(ack.status().number)
                    .setReason(ack.reason()));
        }
        return all.build();
    }

    private static Message.@Nullable Acks acks(MonitorAcks acks) {
        List<Message.Ack> all = new ArrayList<>();
        for (MonitorAck ack : acks.getAcksList()) {
            Message.AckStatus status = status(ack);
            if (status == null || ack.getSequence() <= 0) {
                return null;
            }
            all.add(new Message.Ack(ack.getInterface(), ack.getSequence(), status, shown(ack.getReason())));
        }
        return all.isEmpty() ? null : new Message.Acks(all);
    }

    private static Message.@Nullable AckStatus status(MonitorAck ack) {
        return switch (ack.getStatus()) {
            case MONITOR_ACK_STATUS_STORED -> Message.AckStatus.STORED;
            case MONITOR_ACK_STATUS_DUPLICATE -> Message.AckStatus.DUPLICATE;
            case MONITOR_ACK_STATUS_REJECTED -> Message.AckStatus.REJECTED;
            case MONITOR_ACK_STATUS_UNSPECIFIED, UNRECOGNIZED -> null;
        };
    }
}
