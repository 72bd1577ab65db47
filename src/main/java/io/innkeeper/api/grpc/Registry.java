package io.innkeeper.api.grpc;

import com.google.rpc.Code;
import innkeeper.v1.HostnameOrigin;
import innkeeper.v1.SystemRecord;
import io.grpc.Context;
import io.innkeeper.desk.OwnersWords;
import io.innkeeper.desk.SystemRegistration;
import io.innkeeper.store.Audit;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Enters systems that callers tell of, each notice once. Safe for any thread. */
final class Registry {
    /** Characters of the longest key. */
    static final int MAX_KEY = 128;

    private static final int MAX_HOSTNAME = 255;
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final GrpcWorld world;
    private final SystemRecords records;

    Registry(GrpcWorld world, SystemRecords records) {
        this.world = world;
        this.records = records;
    }

    /**
     * What a caller tells of a system.
     *
     * @param mac its identity
     * @param hostname what it is to be called; null for no wish
     * @param address that it has; null where that is not told
     * @param source who says so, such as {@code grpc/manual}
     * @param key under which it is told; null for none, and then it is taken each time
     */
    record Notice(
            MacAddress mac,
            @Nullable String hostname,
            @Nullable IpAddress address,
            String source,
            @Nullable String key) {}

    /**
     * What became of it.
     *
     * @param system as it now is
     * @param created true where it was not known before
     * @param duplicate true where this was taken before
     */
    record Entered(SystemRecord system, boolean created, boolean duplicate) {}

    /** A hardware address; notes what is wrong with it. */
    static @Nullable MacAddress mac(String text, String field, Refusal.Fields fields) {
        Optional<MacAddress> mac = MacAddress.parse(text);
        if (mac.isEmpty()) {
            fields.wrong(field, "must be a hardware address such as aa:bb:cc:00:11:22");
        }
        return mac.orElse(null);
    }

    /** An address, null where the text is empty; notes what is wrong with it. */
    static @Nullable IpAddress address(String text, String field, Refusal.Fields fields) {
        Optional<IpAddress> address = IpAddress.parse(text);
        if (address.isEmpty() && !text.isEmpty()) {
            fields.wrong(field, "must be an IPv4 or IPv6 address");
        }
        return address.orElse(null);
    }

    /** A name, null where the text is empty; notes what is wrong with it. */
    static @Nullable String hostname(String text, String field, Refusal.Fields fields) {
        if (text.length() > MAX_HOSTNAME || text.chars().anyMatch(Character::isISOControl)) {
            fields.wrong(field, "must be a name of at most " + MAX_HOSTNAME + " characters");
        }
        return text.isEmpty() ? null : text;
    }

    /** The source of what a caller tells; notes what is wrong with the word. */
    static String source(String word, String preset, String field, Refusal.Fields fields) {
        if (!word.isEmpty() && !WORD.matcher(word).matches()) {
            fields.wrong(field, "must be a word of letters, digits, '_' and '-'");
        }
        return "grpc/" + (word.isEmpty() ? preset : word);
    }

    /** A key, null where the text is empty; notes what is wrong with it. */
    static @Nullable String key(String text, boolean isNeeded, String field, Refusal.Fields fields) {
        if (text.length() > MAX_KEY || (isNeeded && text.isEmpty())) {
            fields.wrong(field, "must be a text of 1 to " + MAX_KEY + " characters");
        }
        return text.isEmpty() ? null : text;
    }

    /**
     * The name that a neighbour's record gives a system, as a wish; null where it is none. What somebody said here goes before what
     * a system calls itself there, or is called there by chance; but who named it may name it anew.
     */
    @Nullable
    String wish(MacAddress mac, SystemRecord told, String source) {
        Optional<SystemRecord> known = told.getHostnameOrigin() == HostnameOrigin.HOSTNAME_ORIGIN_OWNER
                ? Optional.empty()
                : records.find(mac)
                        .filter(here -> here.getHostnameOrigin() == HostnameOrigin.HOSTNAME_ORIGIN_OWNER)
                        .filter(here -> here.getSeenHostnamesList().stream()
                                .noneMatch(seen -> seen.getSource().equals(source)
                                        && seen.getHostname().equalsIgnoreCase(here.getHostname())));
        return known.isPresent() || told.getHostname().isEmpty() ? null : told.getHostname();
    }

    /** Enters a system, unless that was done under this key before. */
    Entered enter(Notice notice) {
        boolean known = world.devices().find(notice.mac()).isPresent();
        String key = notice.key() == null ? null : notice.source() + " " + notice.key();
        if (key != null && world.keys().contains(key)) {
            return new Entered(stored(notice.mac()), false, true);
        }
        boolean taken = world.desk()
                .register(new SystemRegistration(notice.mac(), notice.hostname(), notice.address(), notice.source()))
                .isPresent();
        if (!taken) {
            throw Refusal.of(
                    Code.RESOURCE_EXHAUSTED,
                    "TOO_MANY_SYSTEMS",
                    "as many systems are known as devices.max allows",
                    Map.of());
        }
        // After the work: a crash in between makes a double of it, which changes nothing; never a loss.
        boolean first = key == null || world.keys().add(key, world.clock().instant());
        audit("register", notice.mac().toString(), notice.toString());
        return new Entered(stored(notice.mac()), !known, !first);
    }

    /** What an owner elsewhere said of a system is taken over where nobody said anything here. */
    void call(MacAddress mac, String name, String notes) {
        if (!name.isEmpty() || !notes.isEmpty()) {
            world.desk()
                    .call(
                            mac,
                            words -> new OwnersWords(
                                    words.name() == null ? textOrNull(name) : words.name(),
                                    words.notes() == null ? textOrNull(notes) : words.notes()));
        }
    }

    private static @Nullable String textOrNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** The record of a system that was just entered. */
    SystemRecord stored(MacAddress mac) {
        return records.find(mac)
                .orElseGet(
                        () -> SystemRecord.newBuilder().setMac(mac.toString()).build());
    }

    /** Notes who changed what. */
    void audit(String action, String subject, String detail) {
        world.audit().add(new Audit.Entry(world.clock().instant(), caller(), "grpc " + action, subject, detail));
    }

    /** The address of who called. */
    static String caller() {
        return Objects.requireNonNullElse(CallGuard.CALLER.get(Context.current()), "grpc");
    }
}
