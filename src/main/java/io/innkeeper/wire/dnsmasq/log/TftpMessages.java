package io.innkeeper.wire.dnsmasq.log;

import io.innkeeper.wire.dnsmasq.log.LogEntry.Other;
import io.innkeeper.wire.dnsmasq.log.LogEntry.TftpLine;
import io.innkeeper.wire.dnsmasq.log.LogEntry.TftpLine.Outcome;
import org.jspecify.annotations.Nullable;

/** What dnsmasq-tftp writes. */
final class TftpMessages {
    private TftpMessages() {}

    static LogEntry parse(MessageText text) {
        int from = text.at;
        LogEntry line = null;
        if (text.take("sent ")) {
            line = line(Outcome.SENT, " to ", text);
        } else if (text.take("failed sending ")) {
            line = line(Outcome.FAILED, " to ", text);
        } else if (text.take("file ")) {
            line = line(Outcome.NOT_FOUND, " not found for ", text);
        }
        text.at = from;
        return line == null ? new Other(text.rest()) : line;
    }

    private static @Nullable LogEntry line(Outcome outcome, String between, MessageText text) {
        int at = text.findLast(between);
        return at < 0
                ? null
                : new TftpLine(outcome, text.text(text.at, at), text.address(at + between.length(), text.to));
    }
}
