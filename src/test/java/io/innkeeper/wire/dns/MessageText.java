package io.innkeeper.wire.dns;

import java.util.ArrayList;
import java.util.List;

/** A message as lines, as the golden files have it. */
final class MessageText {
    private MessageText() {}

    static List<String> of(DnsMessage message) {
        List<String> lines = new ArrayList<>();
        lines.add("header %04x %04x rcode %s".formatted(message.id(), message.flags(), Rcode.text(message.rcode())));
        message.questions().forEach(question -> lines.add("question " + question.text()));
        message.answers().forEach(record -> lines.add("answer " + record.text()));
        message.authorities().forEach(record -> lines.add("authority " + record.text()));
        message.additionals().forEach(record -> lines.add("additional " + record.text()));
        Edns edns = message.edns();
        if (edns != null) {
            lines.add(of(edns));
        }
        return lines;
    }

    private static String of(Edns edns) {
        StringBuilder text = new StringBuilder("edns " + edns.udpSize() + " version " + edns.version());
        text.append(edns.dnssecOk() ? " DO" : "");
        edns.options().forEach(option -> text.append(" option " + option.code() + " " + option.data()));
        return text.toString();
    }
}
