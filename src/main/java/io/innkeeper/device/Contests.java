package io.innkeeper.device;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that went back and forth between devices, and whom the events say they belong to: a fight is told when it begins,
 * and once more where in the end another has the address. Belongs to one thread.
 */
final class Contests {
    /** An address that comes back within this time is fought for; one that stays so long has found its place. */
    static final Duration SHORT = Duration.ofMinutes(2);

    /** How many addresses it knows; those contested first are forgotten first. */
    private static final int MOST = 1_000;

    /**
     * A fight.
     *
     * @param told who has the address, by the events
     * @param movedAt when it moved last
     */
    private record Contest(MacAddress told, Instant movedAt) {}

    private final LinkedHashMap<IpAddress, Contest> contests = new LinkedHashMap<>();

    static boolean isShort(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(SHORT) < 0;
    }

    /** The device lost the address without being told of. */
    void lost(MacAddress loser, IpAddress address, Instant at) {
        contests.merge(address, new Contest(loser, at), (before, _) -> new Contest(before.told(), at));
        if (contests.size() > MOST) {
            contests.pollFirstEntry();
        }
    }

    /** The events say which addresses the device has. */
    void told(Device device) {
        if (!contests.isEmpty()) {
            device.addresses().stream()
                    .filter(Device.SeenAddress::current)
                    .forEach(seen -> contests.remove(seen.address()));
        }
    }

    /** Who has the address by the events, where this is another one and the fight is over; otherwise null. */
    @Nullable
    MacAddress wronglyTold(IpAddress address, MacAddress holder, Instant now) {
        Contest contest = contests.isEmpty() ? null : contests.get(address);
        return contest == null || contest.told().equals(holder) || isShort(contest.movedAt(), now)
                ? null
                : contest.told();
    }
}
