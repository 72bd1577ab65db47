package io.innkeeper.arp;

import io.innkeeper.io.FrameBatch;
import io.innkeeper.wire.ethernet.ArpPacket;
import io.innkeeper.wire.ethernet.EthernetFrame;
import io.innkeeper.wire.ethernet.NeighborMessage;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;

/** Makes frames of questions. For one thread. */
final class Questioner {
    private final byte[] frame = new byte[NeighborMessage.FRAME];

    /**
     * Adds a question to a batch that has room. One for an IPv6 neighbour where we have no address of IPv6 is left out: nobody
     * could answer.
     */
    void add(Asking asking, ScanLink link, FrameBatch batch) {
        MacAddress to = asking.to();
        if (!asking.address().v6()) {
            int source = link.sourceFor(asking.address());
            int length = ArpPacket.request(link.mac(), source, asking.address().v4Bits())
                    .writeFrame(frame, to == null ? EthernetFrame.BROADCAST : to);
            batch.add(link.index(), frame, length);
            return;
        }
        IpAddress source = link.linkLocal();
        if (source != null && to != null) {
            int length = NeighborMessage.solicitation(link.mac(), source, asking.address())
                    .writeFrame(frame, to);
            batch.add(link.index(), frame, length);
        }
    }
}
