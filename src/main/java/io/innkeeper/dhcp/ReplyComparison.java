package io.innkeeper.dhcp;

import io.innkeeper.view.ShadowField;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.MessageType;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.dhcp4.OptionDefinition;
import io.innkeeper.wire.dhcp4.OptionRegistry;
import io.innkeeper.wire.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Compares the answer of the real server with ours, and says what each difference means. Made for one pair of answers. */
final class ReplyComparison {
    /** Options that say something about the exchange, or that are compared in a way of their own. */
    private static final Set<Integer> NOT_COMPARED = Set.of(
            OptionCode.REQUESTED_ADDRESS,
            OptionCode.LEASE_TIME,
            OptionCode.OVERLOAD,
            OptionCode.MESSAGE_TYPE,
            OptionCode.SERVER_ID,
            OptionCode.PARAMETER_REQUEST_LIST,
            OptionCode.MESSAGE,
            OptionCode.MAX_SIZE,
            OptionCode.T1,
            OptionCode.T2,
            OptionCode.CLIENT_ID,
            OptionCode.HOST_NAME,
            OptionCode.TFTP_SERVER,
            OptionCode.BOOT_FILE,
            OptionCode.RAPID_COMMIT,
            OptionCode.CLIENT_FQDN,
            OptionCode.RELAY_AGENT,
            OptionCode.CLIENT_LAST_TRANSACTION);

    private static final long INFINITE_S = 0xffff_ffffL;

    /** A message that is repeated may get what is left of the lease. */
    private static final long LIFETIME_SLACK_S = 2;

    /** dnsmasq makes T1 and T2 earlier by up to this part of the lease, by chance, so that clients do not come all at once. */
    private static final long FUZZ_PART = 16;

    private final OptionRegistry registry;
    private final IntPredicate inPool;
    private final IntPredicate isReserved;
    private final DhcpMessage real;
    private final DhcpMessage ours;
    private final String client;
    private final @Nullable String ownName;
    private final List<ShadowField> fields = new ArrayList<>();

    /**
     * A comparison of these.
     *
     * @param inPool whether a pool of ours has an address
     * @param isReserved whether a reservation of ours keeps an address
     * @param ownName what the client calls itself
     */
    ReplyComparison(
            OptionRegistry registry,
            IntPredicate inPool,
            IntPredicate isReserved,
            DhcpMessage real,
            DhcpMessage ours,
            @Nullable String ownName) {
        this.registry = registry;
        this.inPool = inPool;
        this.isReserved = isReserved;
        this.real = real;
        this.ours = ours;
        this.ownName = ownName;
        this.client = real.chaddr() == null ? "client-id: …" : "mac: \"" + real.chaddr() + "\"";
    }

    /** Where they differ; empty where they agree. */
    List<ShadowField> fields() {
        if (real.type() != ours.type()) {
            add("message", words(real), words(ours), messages());
            return fields;
        }
        if (real.type() == MessageType.NAK) {
            return fields;
        }
        address(real.yiaddr(), ours.yiaddr());
        lifetimes();
        boot();
        compare("hostname", hostname(real), hostname(ours), hostnameMeaning());
        options();
        return fields;
    }

    /**
     * Where the address that a client was given by the real server differs from the one that we would give; empty where not.
     *
     * @param client any message of the client
     */
    static List<ShadowField> addresses(
            int real, int ours, IntPredicate inPool, IntPredicate isReserved, DhcpMessage client) {
        ReplyComparison comparison = new ReplyComparison(OptionRegistry.IANA, inPool, isReserved, client, client, null);
        comparison.address(real, ours);
        return comparison.fields;
    }

    /** An answer in two words. */
    static String words(DhcpMessage reply) {
        MessageType type = reply.type();
        String name = type == null ? "BOOTP" : type.name();
        return reply.yiaddr() == 0 ? name : name + " " + text(reply.yiaddr());
    }

    static String text(int address) {
        return IpAddress.v4(address).toString();
    }

    private void add(String field, @Nullable String realText, @Nullable String oursText, String meaning) {
        fields.add(new ShadowField(field, realText, oursText, meaning));
    }

    private void compare(String field, @Nullable String realText, @Nullable String oursText, String meaning) {
        if (!Objects.equals(realText, oursText)) {
            add(field, realText, oursText, meaning);
        }
    }

    private String messages() {
        if (ours.type() == MessageType.NAK) {
            String reason = ours.options().text(OptionCode.MESSAGE);
            return "we would say no" + (reason == null || reason.isEmpty() ? "" : " (" + reason + ")")
                    + addressAdvice(real.yiaddr());
        }
        if (real.type() == MessageType.NAK) {
            return "the real server says no to an address that we would give: its ranges or reservations are others than"
                    + " yours";
        }
        if (real.type() == MessageType.ACK && ours.type() == MessageType.OFFER) {
            return "the real server acknowledges at once where the client asks so: for the same set rapid-commit: true";
        }
        if (real.type() == MessageType.OFFER && ours.type() == MessageType.ACK) {
            return "we would acknowledge at once, the real server offers first: for the same set rapid-commit: false";
        }
        return "the answers are of different kinds";
    }

    // ---- the address

    private void address(int its, int mine) {
        if (its != mine) {
            add("address", its == 0 ? null : text(its), mine == 0 ? null : text(mine), addressMeaning(its, mine));
        }
    }

    private String addressMeaning(int its, int mine) {
        if (mine != 0 && isReserved.test(mine)) {
            return "your configuration reserves " + text(mine) + " for this client, the real server gives it "
                    + text(its) + ": after the switch it changes its address; change the reservation if it should not";
        }
        if (its != 0 && isReserved.test(its)) {
            return "your configuration reserves " + text(its)
                    + " for somebody else, and the real server gives it to this" + " client" + addressAdvice(its);
        }
        if (its != 0 && !inPool.test(its)) {
            return "no pool of yours has " + text(its) + addressAdvice(its);
        }
        return "both come from pools: with the leases of the real server taken over, the client keeps its address";
    }

    private String addressAdvice(int address) {
        if (address == 0) {
            return "";
        }
        return inPool.test(address) && !isReserved.test(address)
                ? ""
                : ": add a reservation {" + client + ", address: " + text(address) + "}, or a pool that has it";
    }

    // ---- times

    private void lifetimes() {
        long its = real.options().u32(OptionCode.LEASE_TIME, -1);
        long mine = ours.options().u32(OptionCode.LEASE_TIME, -1);
        if (Math.abs(its - mine) > LIFETIME_SLACK_S) {
            add("lifetime", duration(its), duration(mine), "set lifetime: " + orNothing(duration(its)));
            return;
        }
        if (its < 0 || its == INFINITE_S) {
            return;
        }
        time("renew-after", OptionCode.T1, its / 2, its);
        time("rebind-after", OptionCode.T2, its * 7 / 8, its);
    }

    /** A time that is not told is the usual one (RFC 2131 §4.4.5). */
    private void time(String field, int code, long usual, long lifetimeS) {
        long its = real.options().u32(code, usual);
        long mine = ours.options().u32(code, usual);
        if (Math.abs(its - mine) > lifetimeS / FUZZ_PART + LIFETIME_SLACK_S) {
            add(field, duration(its), duration(mine), "set " + field + ": " + duration(its));
        }
    }

    private static String orNothing(@Nullable String text) {
        return text == null ? "as the real server does: it says none" : text;
    }

    private static @Nullable String duration(long seconds) {
        if (seconds < 0) {
            return null;
        }
        if (seconds == INFINITE_S) {
            return "infinite";
        }
        return seconds != 0 && seconds % 86_400 == 0
                ? seconds / 86_400 + "d"
                : seconds != 0 && seconds % 3_600 == 0
                        ? seconds / 3_600 + "h"
                        : seconds != 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    // ---- network boot

    private void boot() {
        String itsFile = text(real, OptionCode.BOOT_FILE, real.file());
        String ourFile = text(ours, OptionCode.BOOT_FILE, ours.file());
        compare("boot-file", itsFile, ourFile, advice("boot", "file", itsFile));
        String itsName = text(real, OptionCode.TFTP_SERVER, real.sname());
        String ourName = text(ours, OptionCode.TFTP_SERVER, ours.sname());
        compare("server-name", itsName, ourName, advice("boot", "server-name", itsName));
        // dnsmasq puts its own address there for everybody: without a boot file it means nothing.
        if (itsFile != null || ourFile != null) {
            String itsNext = real.siaddr() == 0 ? null : text(real.siaddr());
            String ourNext = ours.siaddr() == 0 ? null : text(ours.siaddr());
            compare("next-server", itsNext, ourNext, advice("boot", "next-server", itsNext));
        }
    }

    private static String advice(String section, String key, @Nullable String value) {
        return value == null
                ? "the real server says nothing of it: take " + key + " out of " + section
                : "set " + section + ": {" + key + ": " + value + "}";
    }

    private static @Nullable String text(DhcpMessage reply, int code, String field) {
        String option = reply.options().text(code);
        return option != null && !option.isEmpty() ? option : field.isEmpty() ? null : field;
    }

    // ---- options

    /** The name that it gives the client; to be told its own name again is nothing (dnsmasq does so). */
    private @Nullable String hostname(DhcpMessage reply) {
        String name = reply.options().text(OptionCode.HOST_NAME);
        return name == null || name.isEmpty() || name.equalsIgnoreCase(ownName) ? null : name;
    }

    private String hostnameMeaning() {
        String its = hostname(real);
        return its == null
                ? "we would tell the client a name, the real server tells it none"
                : "the real server calls the client " + its + ": add name: " + its + " to its reservation ({" + client
                        + "})";
    }

    private void options() {
        Set<Integer> codes = new TreeSet<>();
        for (DhcpMessage reply : List.of(real, ours)) {
            for (int i = 0; i < reply.options().size(); i++) {
                codes.add(reply.options().codeAt(i));
            }
        }
        codes.removeAll(NOT_COMPARED);
        codes.forEach(this::option);
    }

    private void option(int code) {
        OptionDefinition definition = registry.definition(code);
        String its = value(real, definition);
        String mine = value(ours, definition);
        boolean implied =
                code == OptionCode.BROADCAST_ADDRESS && (its == null ? isUsual(ours) : mine == null && isUsual(real));
        if (!implied && !Objects.equals(its, mine)) {
            add(definition.name(), its, mine, optionMeaning(definition, its, mine));
        }
    }

    /** True where the broadcast address is what clients take by themselves: the last one of the subnet. */
    private static boolean isUsual(DhcpMessage reply) {
        int mask = reply.options().address(OptionCode.SUBNET_MASK);
        return reply.options().address(OptionCode.BROADCAST_ADDRESS) == (reply.yiaddr() | ~mask);
    }

    private static @Nullable String value(DhcpMessage reply, OptionDefinition definition) {
        byte[] value = reply.options().get(definition.code());
        if (value == null) {
            return null;
        }
        List<String> values = definition.type().decode(value);
        return values.size() == 1 ? values.getFirst() : String.join(", ", values);
    }

    private static String optionMeaning(OptionDefinition option, @Nullable String its, @Nullable String mine) {
        String named = "option " + option.code() + " (" + option.name() + ")";
        if (option.code() == OptionCode.SUBNET_MASK) {
            return "the subnets have different sizes: compare prefix of your subnet with the mask of the real server";
        }
        if (its == null) {
            return "we would send " + named + " " + mine
                    + ", the real server does not: take it out of options if it should" + " stay so";
        }
        String wanted = "options: {" + option.name() + ": " + (its.contains(",") ? "[" + its + "]" : its) + "}";
        return mine == null
                ? "the real server sends " + named + " " + its + "; we would not: add " + wanted
                : "the real server sends " + named + " " + its + ", we would send " + mine + ": set " + wanted;
    }
}
