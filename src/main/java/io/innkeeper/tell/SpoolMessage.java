package io.innkeeper.tell;

import io.innkeeper.tell.spool.Entry;
import io.innkeeper.tell.spool.Said;
import io.innkeeper.wire.net.Octets;
import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage;
import io.innkeeper.wire.rdk.PluginMessage;
import io.innkeeper.wire.rdk.v2.Message;
import io.innkeeper.wire.rdk.v2.MessageReader;
import io.innkeeper.wire.rdk.v2.MessageWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a client said ⇄ what waits in the spool: the plain frame that a monitor without a key would get. */
final class SpoolMessage {
    /** The number gets its place when it is sent: in the spool it stands beside the message. */
    private static final int ANY_NUMBER = 1;

    private SpoolMessage() {}

    /** A message that is to wait. */
    static Said of(PluginMessage message, Instant at) {
        Message.Priority priority = message.isExpired() ? Message.Priority.EXPIRY : Message.Priority.RENEW;
        Message.Report report = new Message.Report(ANY_NUMBER, message.ifname(), priority, at, message);
        byte[] frame = new MessageWriter().write(new Message.Reports(at, List.of(report)));
        return new Said(message.ifname(), priority, at.toEpochMilli(), topic(message), Octets.of(frame));
    }

    /** The report to send; empty where what waits is none, because a later version wrote it. */
    static Optional<Message.Report> report(Entry.Waiting waiting) {
        ByteBuffer frame = ByteBuffer.wrap(waiting.said().message().toArray());
        return new MessageReader().next(frame) instanceof Message.Reports reports
                        && reports.reports().size() == 1
                ? Optional.of(numbered(reports.reports().getFirst(), waiting))
                : Optional.empty();
    }

    private static Message.Report numbered(Message.Report report, Entry.Waiting waiting) {
        return new Message.Report(
                waiting.sequence(), report.ifname(), report.priority(), report.saidAt(), report.said());
    }

    /**
     * Equal for messages that prolong the same lease: of DHCPv4 those that say so themselves, of DHCPv6, which does not say it, those
     * with the same address and prefix.
     */
    private static long topic(PluginMessage message) {
        return switch (message) {
            case Dhcpv4PluginMessage v4 -> v4.state().equals("renew") ? hash("4 " + v4.address()) : 0;
            case Dhcpv6PluginMessage v6 -> v6.isExpired() ? 0 : topic(v6.address(), v6.prefix());
        };
    }

    private static long topic(Dhcpv6PluginMessage.IaNa address, Dhcpv6PluginMessage.IaPd prefix) {
        if (!address.assigned() && !prefix.assigned()) {
            return 0;
        }
        String one = address.assigned() ? address.address() : "";
        String other = prefix.assigned() ? prefix.prefix() + "/" + prefix.length() : "";
        return hash("6 " + one + " " + other);
    }

    private static long hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong() | 1;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
