package io.innkeeper.dns;

import io.innkeeper.dns.block.BlockClient;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import org.jspecify.annotations.Nullable;

/** What is remembered of one address that asks. */
final class Client {
    final long high;
    final long low;

    /** Shared by all addresses that are probably one household's: an IPv6 /64. */
    final Bucket bucket;

    /** By which version of the rules what follows was found; see {@link Clients}. */
    long version;

    boolean allowed;

    @Nullable
    MacAddress device;

    /** The same for block rules. */
    BlockClient forRules;

    /** One policy for each listener, see {@link DnsPlan}. */
    Policy[] policies = new Policy[0];

    long lastAskedMs;

    /** How many of its questions wait. */
    int waiting;

    /** How much it may ask. */
    static final class Bucket {
        double tokens;
        long filledAtMs;

        /** True where one more question is within its rate. */
        boolean take(int perSecond, long nowMs) {
            double most = 2.0 * perSecond;
            tokens = Math.min(most, tokens + Math.max(0, nowMs - filledAtMs) * perSecond / 1000.0);
            filledAtMs = nowMs;
            if (tokens < 1) {
                return false;
            }
            tokens--;
            return true;
        }
    }

    Client(long high, long low, Bucket bucket) {
        this.high = high;
        this.low = low;
        this.bucket = bucket;
        this.forRules = new BlockClient(IpAddress.ofMapped(high, low), null, null, null);
    }

    IpAddress address() {
        return IpAddress.ofMapped(high, low);
    }
}
