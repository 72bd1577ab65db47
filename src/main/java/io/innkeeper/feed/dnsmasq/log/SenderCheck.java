package io.innkeeper.feed.dnsmasq.log;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a machine may send. Remembers the last answer, as most come from one. For one thread. */
final class SenderCheck {
    private final List<Prefix> from;
    private @Nullable InetAddress last;
    private boolean lastMay;

    /** Everybody may where no network is named. */
    SenderCheck(List<Prefix> from) {
        this.from = from;
    }

    boolean may(InetAddress sender) {
        if (from.isEmpty()) {
            return true;
        }
        if (!sender.equals(last)) {
            IpAddress address = IpAddress.of(sender.getAddress());
            lastMay = from.stream().anyMatch(prefix -> prefix.contains(address));
            last = sender;
        }
        return lastMay;
    }
}
