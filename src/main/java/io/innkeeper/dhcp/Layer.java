package io.innkeeper.dhcp;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one level of the configuration says to clients: global, shared network, subnet, pool, class or reservation, in this
 * order from weak to strong. What a level does not say is inherited.
 *
 * @param name what the level is called to people, such as {@code subnet 192.168.1.0/24}
 * @param options by code
 * @param lifetime how long leases run; null for inherited
 * @param boot where network boot finds its file; null for inherited
 */
public record Layer(
        String name,
        Map<Integer, OptionEntry> options,
        @Nullable Lifetime lifetime,
        @Nullable Boot boot) {
    /** A level that says nothing. */
    public static final Layer NOTHING = new Layer("nothing", Map.of(), null, null);

    /**
     * Lengths in seconds, 1 to 4294967295, the last one infinite; {@link #UNSAID} for what is inherited.
     *
     * @param usual where the client asks for none
     * @param least a client that asks for less gets this
     * @param most a client that asks for more gets this
     * @param renewS T1 (RFC 2131 §4.4.5); 0 for half of the lifetime
     * @param rebindS T2; 0 for seven eighths of it
     * @param where the configuration line
     */
    public record Lifetime(long usual, long least, long most, long renewS, long rebindS, String where) {
        /** What a level does not say. */
        public static final long UNSAID = -1;

        /** What holds where this is said over a weaker level, field by field; the line is the one of the usual length. */
        Lifetime over(Lifetime weaker) {
            return new Lifetime(
                    usual == UNSAID ? weaker.usual : usual,
                    least == UNSAID ? weaker.least : least,
                    most == UNSAID ? weaker.most : most,
                    renewS == UNSAID ? weaker.renewS : renewS,
                    rebindS == UNSAID ? weaker.rebindS : rebindS,
                    usual == UNSAID ? weaker.where : where);
        }

        /** With bounds that hold the usual length, and without times to ask again that do not fit into it. */
        Lifetime fitted() {
            long renew = renewS >= usual ? 0 : renewS;
            boolean rebinds = rebindS < usual && rebindS > renew;
            return new Lifetime(
                    usual, Math.min(least, usual), Math.max(most, usual), renew, rebinds ? rebindS : 0, where);
        }
    }

    /**
     * Network boot.
     *
     * @param nextServer siaddr as 32 bits; 0 for none
     * @param serverName sname; empty for none
     * @param file the boot file; empty for none
     * @param where the configuration line
     */
    public record Boot(int nextServer, String serverName, String file, String where) {}

    /** Copies the map. */
    public Layer {
        options = Map.copyOf(options);
    }
}
