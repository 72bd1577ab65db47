package io.innkeeper.desk;

import io.innkeeper.property.Samples;
import io.innkeeper.wire.ethernet.ArpPacket;
import io.innkeeper.wire.ethernet.EthernetFrame;
import io.innkeeper.wire.net.MacAddress;
import java.util.ArrayList;
import java.util.List;

/** A machine on a {@link VirtualLink}: it answers for its addresses while it is there, and perhaps speaks by itself. */
final class VirtualHost {
    private static final long MS = 1_000_000L;

    /** Long enough to be late, and not so long that a card that was taken out still seems to answer. */
    static final int LATEST_ANSWER_MS = 3_000;

    final MacAddress mac;
    final List<Integer> addresses = new ArrayList<>();
    private final VirtualLink link;
    private final Samples samples;
    private final boolean sleepy;
    private boolean here;

    /** @param sleepy whether it answers late, and every fourth question not at all */
    VirtualHost(VirtualLink link, Samples samples, int number, boolean sleepy) {
        this.link = link;
        this.samples = samples;
        this.sleepy = sleepy;
        mac = MacAddress.of(MacAddress.ETHERNET, new byte[] {2, 0, 0, 0, 0x77, (byte) number});
    }

    /** It is there from then on. */
    VirtualHost comes(int second) {
        link.at(second * VirtualLink.SECOND, () -> here = true);
        return this;
    }

    /** It is not, from then on. */
    VirtualHost goes(int second) {
        link.at(second * VirtualLink.SECOND, () -> here = false);
        return this;
    }

    /** It has this address more, or in place of all others. */
    VirtualHost takes(int second, int address, boolean instead) {
        link.at(second * VirtualLink.SECOND, () -> {
            if (instead) {
                addresses.clear();
            }
            addresses.add(address);
        });
        return this;
    }

    /** It says five times that it has this address. */
    VirtualHost announces(int second, int address) {
        for (int i = 0; i < 5; i++) {
            link.at(
                    (second + i) * VirtualLink.SECOND + MS,
                    () -> link.say(link.nowNanos() + MS, ArpPacket.announcement(mac, address)));
        }
        return this;
    }

    /** It asks for its gateway now and then, as long as it is there. */
    VirtualHost speaksEvery(int seconds, int gateway) {
        link.at((1 + samples.below(seconds)) * VirtualLink.SECOND, () -> speak(seconds, gateway));
        return this;
    }

    private void speak(int seconds, int gateway) {
        if (here) {
            link.say(link.nowNanos() + MS, ArpPacket.request(mac, addresses.getLast(), gateway));
        }
        link.at(link.nowNanos() + seconds * VirtualLink.SECOND, () -> speak(seconds, gateway));
    }

    /** Something is sent to this address of Ethernet. */
    void hears(MacAddress to, ArpPacket packet) {
        boolean reaches = here && (to.equals(mac) || to.equals(EthernetFrame.BROADCAST));
        if (reaches && addresses.contains(packet.targetAddress()) && !(sleepy && samples.oneIn(4))) {
            long late = (sleepy ? 1 + samples.below(LATEST_ANSWER_MS) : 1) * MS;
            link.say(
                    link.nowNanos() + late,
                    new ArpPacket(
                            ArpPacket.Operation.REPLY,
                            mac,
                            packet.targetAddress(),
                            packet.senderMac(),
                            packet.senderAddress()));
        }
    }
}
