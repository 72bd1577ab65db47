package io.innkeeper.scenario;

import io.innkeeper.dhcp.Arrival;
import io.innkeeper.dhcp.BootProfile;
import io.innkeeper.dhcp.DhcpEngine;
import io.innkeeper.dhcp.Explanation;
import io.innkeeper.dhcp.InstallPlan;
import io.innkeeper.dhcp.OptionEntry;
import io.innkeeper.dhcp.Outcome;
import io.innkeeper.dhcp.Plan;
import io.innkeeper.dhcp.Route;
import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingBook;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.wire.dhcp4.BootArchitecture;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.MessageType;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Octets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Speaks the lines of a scenario with an engine. Lines say what they expect; what came instead is said when it fails. */
final class Conversation {
    /** Noon of some day. */
    static final long START_MS = 1_767_268_800_000L;

    private final Map<String, Arrival.Link> links = new LinkedHashMap<>();
    private final Map<String, String> variables = new HashMap<>();
    private final BindingBook book = new BindingBook(1_000, 1);
    private final DhcpEngine engine;
    private final Map<MacAddress, InstallPlan.Mark> marks = new HashMap<>();
    private long nowMs = START_MS;
    private Outcome outcome = new Outcome(Outcome.Verdict.IGNORED, List.of(), null, null, null, "", 0);
    private @Nullable DhcpMessage reply;
    private List<BindingChange> changes = List.of();
    private int probed;

    /** A conversation under this plan; lines {@code link NAME ADDRESS…} say where we are. */
    Conversation(List<Words> links, Plan plan) {
        for (Words link : links) {
            List<Integer> addresses =
                    link.words.stream().skip(2).map(Words::address).toList();
            this.links.put(link.at(1), new Arrival.Link(this.links.size() + 2, link.at(1), addresses));
        }
        engine = new DhcpEngine(book, plan, mac -> mac.prefix(24) == 0xacde48 ? "Acme Devices Inc." : null);
        engine.own(this.links.values().stream()
                .flatMap(link -> link.addresses().stream())
                .toList());
    }

    /** Goes on under another plan. */
    void plan(Plan plan) {
        engine.plan(plan);
    }

    /** The time of the conversation, in milliseconds since 1970. */
    long nowMs() {
        return nowMs;
    }

    /** One line. */
    void take(Words raw) {
        boolean expects = raw.at(0).equals("EXPECT");
        Words line = expects ? raw : raw.map(this::filledIn);
        switch (line.at(0)) {
            case "SEND" -> send(line);
            case "TIME" -> {
                nowMs += 1_000 * Words.seconds(line.at(1).replace("+", ""));
                changes = engine.expire(nowMs, 1_000);
            }
            case "PROBE" -> heard(engine.probed(probed, line.at(1).equals("answered"), nowMs));
            case "STORE" -> engine.revert(outcome.changes());
            case "BOOK" -> book(line);
            case "MARK" -> mark(line);
            case "UNMARK" -> unmark(line);
            case "EXPLAIN" -> explain(line);
            case "EXPECT" -> expect(line);
            default -> throw new IllegalArgumentException("what is '" + line.at(0) + "'?");
        }
    }

    /** {@code MARK mac=… profile=… [next=…] [files.efi-x64=…] [http.efi-x64=…] [ipxe=…] [opt.209=…] [until=5m]}, or {@code UNMARK}. */
    private void mark(Words line) {
        Map<BootArchitecture, String> files = new EnumMap<>(BootArchitecture.class);
        Map<BootArchitecture, String> http = new EnumMap<>(BootArchitecture.class);
        for (BootArchitecture kind : BootArchitecture.values()) {
            putIf(files, kind, line.get("files." + kind.text()));
            putIf(http, kind, line.get("http." + kind.text()));
        }
        Map<Integer, OptionEntry> options = new HashMap<>();
        line.words.stream().filter(word -> word.startsWith("opt.")).forEach(word -> {
            String[] pair = word.substring(4).split("=", 2);
            int code = Integer.parseInt(pair[0]);
            options.put(code, new OptionEntry(code, Octets.of(Words.octets(pair[1])), true, line.where));
        });
        BootProfile profile = new BootProfile(
                line.get("profile", "p"),
                Words.address(line.get("next", "0.0.0.0")),
                files,
                http,
                line.get("ipxe"),
                options,
                line.where);
        String until = line.get("until");
        long untilMs = until == null ? Long.MAX_VALUE : nowMs + 1_000 * Words.seconds(until);
        marks.put(MacAddress.parse(line.get("mac", "")).orElseThrow(), new InstallPlan.Mark(profile, untilMs));
        engine.installs(new InstallPlan(marks));
    }

    private static void putIf(Map<BootArchitecture, String> all, BootArchitecture kind, @Nullable String boot) {
        if (boot != null) {
            all.put(kind, boot);
        }
    }

    private void unmark(Words line) {
        marks.remove(MacAddress.parse(line.get("mac", "")).orElseThrow());
        engine.installs(new InstallPlan(marks));
    }

    private String filledIn(String word) {
        int at = word.indexOf('$');
        if (at < 0) {
            return word;
        }
        String value = variables.get(word.substring(at));
        if (value == null) {
            throw new IllegalArgumentException(word.substring(at) + " was not met before");
        }
        return word.substring(0, at) + value;
    }

    private void send(Words line) {
        ClientMessage sent = ClientMessage.parse(line, links);
        byte[] octets = new byte[2_000];
        int length = sent.message().write(octets, 0, octets.length);
        if (!(DhcpMessage.parse(octets, 0, length) instanceof DhcpMessage message)) {
            throw new IllegalArgumentException("what is sent does not come over the wire");
        }
        int times = Integer.parseInt(line.get("times", "1"));
        for (int i = 0; i < times; i++) {
            heard(engine.handle(message, sent.arrival(), nowMs));
        }
    }

    private void heard(Outcome next) {
        outcome = next;
        changes = next.changes();
        reply = null;
        if (next.probe() != null) {
            probed = next.probe().address();
        }
        if (next.reply() != null) {
            byte[] octets = new byte[2_000];
            int length = next.reply().write(octets, 0, next.maxSize());
            reply = DhcpMessage.parse(octets, 0, length) instanceof DhcpMessage message ? message : null;
        }
    }

    private void expect(Words line) {
        String what = line.at(1);
        switch (what) {
            case "NOTHING" -> check("a reply", "nothing", reply == null ? "nothing" : shown());
            case "PROBE" -> check("a probe", "yes", outcome.probe() == null ? "none, " + shown() : "yes");
            case "CHANGES" -> {}
            case "BOOTP" -> check("message type", "none", typeOf(reply));
            default -> check("message type", what, typeOf(reply));
        }
        for (String word : line.words.subList(2, line.words.size())) {
            int equals = word.indexOf('=');
            int tilde = word.indexOf('~');
            boolean part = tilde > 0 && (equals < 0 || tilde < equals);
            int cut = part ? tilde : equals;
            if (cut < 0) {
                List<String> kinds = changes.stream().map(Conversation::shown).toList();
                if (!kinds.contains(filledIn(word))) {
                    throw new AssertionError("expected the change " + filledIn(word) + ", came " + kinds);
                }
            } else if (part) {
                String value = value(word.substring(0, cut));
                String wanted = word.substring(cut + 1).replace("\"", "");
                if (!value.contains(wanted)) {
                    check(word.substring(0, cut), "…" + wanted + "…", value);
                }
            } else {
                compare(word.substring(0, cut), word.substring(cut + 1));
            }
        }
        if (what.equals("CHANGES") && line.words.size() == 2) {
            check(
                    "changes",
                    "[]",
                    changes.stream().map(Conversation::shown).toList().toString());
        }
    }

    private static String shown(BindingChange change) {
        return change.kind() + ":" + IpAddress.v4(change.after().address());
    }

    /** A variable that is new takes what came. */
    private void compare(String key, String wanted) {
        String value = value(key);
        if (wanted.startsWith("$") && !variables.containsKey(wanted)) {
            variables.put(wanted, value);
            return;
        }
        String filled = filledIn(wanted.startsWith("!") ? wanted.substring(1) : wanted);
        if (wanted.startsWith("!")) {
            check(key, "something else than " + filled, value.equals(filled) ? value : "something else than " + filled);
        } else if (Character.isDigit(key.charAt(0)) && !filled.equals("none")) {
            check("option " + key, HexFormat.of().formatHex(Words.octets(filled)), value);
        } else {
            check(key, filled.replace("\"", ""), value);
        }
    }

    private void check(String what, String wanted, String came) {
        if (!wanted.equals(came)) {
            throw new AssertionError(
                    "%s: expected %s, came %s\n  the whole answer: %s".formatted(what, wanted, came, shown()));
        }
    }

    private static String typeOf(@Nullable DhcpMessage message) {
        MessageType type = message == null ? null : message.type();
        return message == null ? "no reply" : type == null ? "none" : type.toString();
    }

    private String shown() {
        return outcome.verdict() + " '" + outcome.detail() + "' " + (reply == null ? "" : reply) + " "
                + outcome.route();
    }

    /** What came, by name; a number is an option of the reply, in hex. */
    private String value(String key) {
        DhcpMessage message = reply;
        if (Character.isDigit(key.charAt(0))) {
            byte[] value = message == null ? null : message.options().get(Integer.parseInt(key));
            return value == null ? "none" : HexFormat.of().formatHex(value);
        }
        return switch (key) {
            case "verdict" -> outcome.verdict().toString();
            case "detail" -> outcome.detail();
            case "route" -> route(outcome.route());
            case "size" -> String.valueOf(outcome.maxSize());
            case "told" -> outcome.told() == null ? "nothing" : outcome.told().boot();
            case "changes" -> String.valueOf(outcome.changes().size());
            case "address" ->
                outcome.probe() == null
                        ? "none"
                        : IpAddress.v4(outcome.probe().address()).toString();
            case "interface" ->
                outcome.probe() == null
                        ? "none"
                        : String.valueOf(outcome.probe().interfaceIndex());
            default -> message == null ? "no reply" : field(message, key);
        };
    }

    private static String field(DhcpMessage message, String key) {
        return switch (key) {
            case "yiaddr" -> text(message.yiaddr());
            case "ciaddr" -> text(message.ciaddr());
            case "siaddr" -> text(message.siaddr());
            case "giaddr" -> text(message.giaddr());
            case "server-id" -> text(message.options().address(OptionCode.SERVER_ID));
            case "lease" -> String.valueOf(message.options().u32(OptionCode.LEASE_TIME, -1));
            case "xid" -> Integer.toHexString(message.xid());
            case "hops" -> String.valueOf(message.hops());
            case "secs" -> String.valueOf(message.secs());
            case "op" -> String.valueOf(message.op());
            case "mac" -> String.valueOf(message.chaddr());
            case "broadcast" -> message.wantsBroadcast() ? "yes" : "no";
            case "file" -> message.file();
            case "sname" -> message.sname();
            case "order" -> order(message);
            default -> throw new IllegalArgumentException("what is '" + key + "' of a reply?");
        };
    }

    private static String text(int address) {
        return IpAddress.v4(address).toString();
    }

    private static String order(DhcpMessage message) {
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < message.options().size(); i++) {
            codes.add(String.valueOf(message.options().codeAt(i)));
        }
        return String.join(",", codes);
    }

    private String route(@Nullable Route route) {
        return switch (route) {
            case null -> "none";
            case Route.Unicast(int address, int port) -> "unicast:" + text(address) + ":" + port;
            case Route.Broadcast(int link) -> "broadcast:" + name(link);
            case Route.LinkLayer(int link, MacAddress mac, int address) -> "link:" + name(link) + ":" + mac;
        };
    }

    private String name(int link) {
        return links.values().stream()
                .filter(each -> each.index() == link)
                .map(Arrival.Link::name)
                .collect(Collectors.joining());
    }

    /** {@code BOOK ADDRESS nobody} or {@code BOOK ADDRESS STATE [mac=…] [name=…]}: what the book says. */
    private void book(Words line) {
        Binding binding = book.at(Words.address(line.at(1)));
        check(
                "state of " + line.at(1),
                line.at(2),
                binding == null ? "nobody" : binding.state().toString());
        if (binding == null) {
            return;
        }
        for (String key : List.of("mac", "name", "vendor-class", "fixed", "lifetime", "traits", "relay-info")) {
            String wanted = line.get(key);
            if (wanted != null) {
                String came = switch (key) {
                    case "mac" -> String.valueOf(binding.mac());
                    case "name" -> String.valueOf(binding.hostname());
                    case "vendor-class" -> String.valueOf(binding.traits().vendorClass());
                    case "fixed" -> binding.fixed() ? "yes" : "no";
                    case "relay-info" -> String.valueOf(binding.relayInfo());
                    default -> String.valueOf(binding.lifetimeS());
                };
                check(key, wanted.replace("\"", ""), came);
            }
        }
    }

    private void explain(Words line) {
        String id = line.get("client-id");
        Explanation.Question question = new Explanation.Question(
                MacAddress.parse(line.get("mac", "")).orElseThrow(),
                id == null ? null : ClientId.of(HexFormat.of().parseHex(id)),
                line.get("subnet"),
                links.get(line.get("link", "")),
                line.get("vendor-class"));
        int size = book.size();
        int offers = book.offerCount();
        Explanation told = engine.explain(question, nowMs);
        check("size of the book", size + " " + offers, book.size() + " " + book.offerCount());
        for (String word : line.words.subList(1, line.words.size())) {
            String[] pair = word.split("->", 2);
            if (pair.length == 2) {
                String came = explained(told, pair[0]);
                if (!came.contains(pair[1].replace("\"", ""))) {
                    throw new AssertionError(pair[0] + ": expected " + pair[1] + ", came " + came + "\n  " + told);
                }
            }
        }
    }

    private static String explained(Explanation told, String key) {
        return switch (key) {
            case "verdict" -> told.verdict().toString();
            case "access" -> told.access();
            case "subnet" -> String.valueOf(told.subnet());
            case "pool" -> String.valueOf(told.pool());
            case "reservation" -> String.valueOf(told.reservation());
            case "address" -> text(told.address());
            case "why" -> told.why();
            case "classes" -> told.classes().toString();
            case "lifetime" -> String.valueOf(told.lifetimeS());
            case "lifetime-where" -> told.lifetimeWhere();
            default ->
                told.options().stream()
                        .filter(option -> String.valueOf(option.code()).equals(key))
                        .map(option -> option.value() + " from " + option.where())
                        .collect(Collectors.joining());
        };
    }
}
