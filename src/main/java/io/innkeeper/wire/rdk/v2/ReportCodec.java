package io.innkeeper.wire.rdk.v2;

import com.google.protobuf.Timestamp;
import innkeeper.v1.MonitorReport;
import innkeeper.v1.MonitorReports;
import io.innkeeper.wire.net.PrintableText;
import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage;
import io.innkeeper.wire.rdk.PluginMessage;
import io.innkeeper.wire.rdk.PluginParsed;
import io.innkeeper.wire.rdk.Rejected;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What clients said ⇄ Protocol Buffers. Content is checked by the rules of version 1. */
final class ReportCodec {
    /** The longest text that is looked at as the name of an interface, in characters. */
    private static final int MAX_IFNAME = 64;

    private ReportCodec() {}

    static MonitorReports write(Message.Reports reports) {
        MonitorReports.Builder all = MonitorReports.newBuilder();
        if (reports.sentAt() != null) {
            all.setSentAt(timestamp(reports.sentAt()));
        }
        reports.reports().forEach(report -> all.addReports(report(report)));
        return all.build();
    }

    private static MonitorReport report(Message.Report report) {
        MonitorReport.Builder one = MonitorReport.newBuilder()
                .setSequence(report.sequence())
                .setInterface(report.ifname())
                .setPriorityValue(report.priority().number());
        if (report.saidAt() != null) {
            one.setSaidAt(timestamp(report.saidAt()));
        }
        switch (report.said()) {
            case Dhcpv4PluginMessage said -> one.setDhcp4(Dhcp4Codec.write(said));
            case Dhcpv6PluginMessage said -> one.setDhcp6(Dhcp6Codec.write(said));
            case Rejected rejected ->
                throw new IllegalArgumentException("a report that cannot be taken is not sent: " + rejected.detail());
        }
        return one.build();
    }

    /** What was said; null where a report has no number, or an interface that is no text of a sensible length. */
    static Message.@Nullable Reports read(MonitorReports reports) {
        List<Message.Report> all = new ArrayList<>(reports.getReportsCount());
        for (MonitorReport report : reports.getReportsList()) {
            if (report.getSequence() <= 0 || report.getInterface().length() > MAX_IFNAME) {
                return null;
            }
            all.add(new Message.Report(
                    report.getSequence(),
                    report.getInterface(),
                    priority(report),
                    report.hasSaidAt() ? instant(report.getSaidAt()) : null,
                    said(report)));
        }
        return all.isEmpty()
                ? null
                : new Message.Reports(reports.hasSentAt() ? instant(reports.getSentAt()) : null, all);
    }

    private static Message.Priority priority(MonitorReport report) {
        return switch (report.getPriority()) {
            case MONITOR_PRIORITY_EXPIRY -> Message.Priority.EXPIRY;
            case MONITOR_PRIORITY_RENEW -> Message.Priority.RENEW;
            case MONITOR_PRIORITY_BULK, MONITOR_PRIORITY_UNSPECIFIED, UNRECOGNIZED -> Message.Priority.BULK;
        };
    }

    private static PluginParsed said(MonitorReport report) {
        String ifname = report.getInterface();
        int length = report.getSerializedSize();
        if (!isName(ifname)) {
            return new Rejected(
                    Rejected.Reason.INTERFACE, "", length, "interface is '" + PrintableText.escape(ifname) + "'");
        }
        Texts texts = new Texts();
        PluginMessage message = switch (report.getSaidCase()) {
            case DHCP4 -> Dhcp4Codec.read(ifname, report.getDhcp4(), texts);
            case DHCP6 -> Dhcp6Codec.read(ifname, report.getDhcp6(), texts);
            case SAID_NOT_SET -> null;
        };
        if (message == null) {
            return new Rejected(
                    Rejected.Reason.VERSION, ifname, length, "it says nothing of DHCPv4 and nothing of DHCPv6");
        }
        if (texts.isTooLong()) {
            return new Rejected(
                    Rejected.Reason.TEXT, ifname, length, "a text has more than " + Texts.LONGEST + " characters");
        }
        PluginParsed checked = switch (message) {
            case Dhcpv4PluginMessage four -> four.checked();
            case Dhcpv6PluginMessage six -> six.checked();
        };
        return checked instanceof Rejected rejected
                ? new Rejected(rejected.reason(), ifname, length, rejected.detail())
                : checked;
    }

    /** As Linux names interfaces, and a little more: version 1 has 32 octets for it. */
    private static boolean isName(String ifname) {
        return !ifname.isEmpty()
                && ifname.length() < PluginMessage.IFNAME
                && ifname.chars().noneMatch(c -> c == '/' || Character.isWhitespace(c))
                && PrintableText.escape(ifname).equals(ifname);
    }

    private static Timestamp timestamp(Instant at) {
        return Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }

    private static @Nullable Instant instant(Timestamp at) {
        try {
            return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
        } catch (DateTimeException | ArithmeticException noTime) {
            return null;
        }
    }
}
