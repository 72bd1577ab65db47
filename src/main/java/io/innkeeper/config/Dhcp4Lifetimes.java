package io.innkeeper.config;

import org.jspecify.annotations.Nullable;

/**
 * How long leases run at one level, with what the weaker levels say about it.
 *
 * @param usual where the client asks for nothing
 * @param least null where no level says so
 * @param most null where no level says so
 * @param renew null where no level says so
 * @param rebind null where no level says so
 */
public record Dhcp4Lifetimes(
        Lifetime usual,
        @Nullable Lifetime least,
        @Nullable Lifetime most,
        @Nullable Lifetime renew,
        @Nullable Lifetime rebind) {
    /** Where no level says anything. */
    public static final Dhcp4Lifetimes USUAL = new Dhcp4Lifetimes(new Lifetime(12 * 60 * 60), null, null, null, null);

    private static final long LEAST_S = 120;

    /** True where a level says something about it. */
    public static boolean speaks(Dhcp4Level level) {
        return level.lifetime() != null
                || level.minLifetime() != null
                || level.maxLifetime() != null
                || level.renewAfter() != null
                || level.rebindAfter() != null;
    }

    /** What holds at a level under this one. */
    public Dhcp4Lifetimes under(Dhcp4Level level) {
        return new Dhcp4Lifetimes(
                level.lifetime() == null ? usual : level.lifetime(),
                level.minLifetime() == null ? least : level.minLifetime(),
                level.maxLifetime() == null ? most : level.maxLifetime(),
                level.renewAfter() == null ? renew : level.renewAfter(),
                level.rebindAfter() == null ? rebind : level.rebindAfter());
    }

    /** The least that a client gets, in seconds: never more than the usual. */
    public long leastS() {
        return Math.min(least == null ? LEAST_S : least.seconds(), usual.seconds());
    }

    /** The most that a client gets, in seconds: never less than the usual. */
    public long mostS() {
        return Math.max(most == null ? 0 : most.seconds(), usual.seconds());
    }

    /** T1 in seconds; 0 where none is given, or where it comes from a weaker level and does not fit the lifetime. */
    public long renewS() {
        return renew == null || renew.compareTo(usual) >= 0 ? 0 : renew.seconds();
    }

    /** T2 in seconds, likewise. */
    public long rebindS() {
        return rebind == null || rebind.compareTo(usual) >= 0 || rebind.seconds() <= renewS() ? 0 : rebind.seconds();
    }
}
