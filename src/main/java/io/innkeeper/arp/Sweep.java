package io.innkeeper.arp;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A walk over all addresses of some blocks, and again over those that did not answer. Those that are known are asked alone
 * the first time, everybody is asked after that.
 */
final class Sweep {
    /** How long after the first walk answers are waited for; after the second twice as long, and so on. */
    static final long WAIT = 500_000_000L;

    private final List<AddressBlock> blocks;
    private final KnownHosts known;
    private final Set<Integer> own;
    private final int walks;
    private final long startedAt;
    private final int total;
    private int walk = 1;
    private int block;
    private int offset;
    private int askedInWalk;
    private long asked;
    private int answered;
    private long waitUntil = Long.MIN_VALUE;
    private boolean ended;

    /**
     * Begins.
     *
     * @param own addresses of this machine, as 32 bits, which nobody is asked for
     * @param walks how often an address is asked for at most
     */
    Sweep(List<AddressBlock> blocks, KnownHosts known, Set<Integer> own, int walks, long now) {
        this.blocks = List.copyOf(blocks);
        this.known = known;
        this.own = Set.copyOf(own);
        this.walks = walks;
        this.startedAt = now;
        int addresses = blocks.stream().mapToInt(AddressBlock::size).sum();
        long ours = blocks.stream()
                .mapToLong(each -> own.stream()
                        .filter(address -> each.target.contains(address))
                        .count())
                .sum();
        this.total = addresses - (int) ours;
        this.ended = total <= 0;
    }

    /** The next question; null where it has to wait, or has ended. */
    @Nullable
    Asking next(long now) {
        while (!ended && now >= waitUntil) {
            if (block == blocks.size()) {
                endOfWalk(now);
                continue;
            }
            AddressBlock here = blocks.get(block);
            int address = here.target.first() + offset;
            int slot = here.slot(address);
            if (++offset == here.size()) {
                block++;
                offset = 0;
            }
            boolean answeredAlready = slot != KnownHosts.NONE && known.heardAt(slot) >= startedAt;
            if (!answeredAlready && !own.contains(address)) {
                askedInWalk++;
                asked++;
                // Who was silent lately may be back with another card, and has its turn too seldom.
                boolean answers = slot != KnownHosts.NONE && known.misses(slot) == 0;
                MacAddress to = answers && walk == 1 ? known.mac(slot) : null;
                return new Asking(here.target.interfaceIndex(), IpAddress.v4(address), to);
            }
        }
        return null;
    }

    private void endOfWalk(long now) {
        boolean waited = waitUntil != Long.MIN_VALUE;
        if (askedInWalk == 0 || (waited && walk >= walks)) {
            ended = true;
        } else if (waited) {
            walk++;
            block = 0;
            askedInWalk = 0;
            waitUntil = Long.MIN_VALUE;
        } else {
            waitUntil = now + WAIT * walk;
        }
    }

    /** An address of its blocks was heard that had not been heard since it began. */
    void answered() {
        answered++;
        if (answered >= total) {
            ended = true;
        }
    }

    boolean covers(AddressBlock some) {
        return blocks.contains(some);
    }

    long startedAt() {
        return startedAt;
    }

    /** When it has something to do next; {@link Long#MIN_VALUE} for at once. */
    long nextAt() {
        return waitUntil;
    }

    boolean ended() {
        return ended;
    }

    /** How many addresses it goes over. */
    int total() {
        return total;
    }

    /** How many of them answered. */
    int found() {
        return answered;
    }

    /** How many questions it asked. */
    long asked() {
        return asked;
    }

    /** How far it is, 0 to 1. */
    double done() {
        int before = 0;
        for (int i = 0; i < block && i < blocks.size(); i++) {
            before += blocks.get(i).size();
        }
        int size = blocks.stream().mapToInt(AddressBlock::size).sum();
        return ended || size == 0 ? 1 : (walk - 1 + (double) (before + offset) / size) / walks;
    }
}
