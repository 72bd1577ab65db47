package io.innkeeper.api.http;

import io.innkeeper.security.AccessGate;
import io.innkeeper.wire.dnsmasq.ScriptNotice;
import io.innkeeper.wire.net.PrintableText;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where dnsmasq's script, or a companion container, tells what happened. */
public final class DnsmasqRoutes {
    /** The largest notice: the script's variables are short. */
    static final int MAX_BODY = 64 << 10;

    /**
     * A notice as JSON; the script's variables may stand beside these or under {@code variables}.
     *
     * @param action add, old, del, init, tftp, arp-add, arp-del; others are ignored
     * @param mac hardware address; for IPv6 the DUID
     * @param ip the address
     * @param hostname the name
     * @param source which dnsmasq, by its name in the configuration
     * @param variables the script's variables, DNSMASQ_…
     */
    public record NoticeBody(
            String action,
            @org.jspecify.annotations.Nullable String mac,
            @org.jspecify.annotations.Nullable String ip,
            @org.jspecify.annotations.Nullable String hostname,
            @org.jspecify.annotations.Nullable String source,
            @org.jspecify.annotations.Nullable Map<String, String> variables) {}

    /**
     * What became of a notice.
     *
     * @param status always {@code accepted}
     * @param source which dnsmasq it was taken for
     */
    public record NoticeView(String status, String source) {}

    private final Supplier<AccessGate> gate;
    private final Supplier<List<String>> watched;
    private final Function<ScriptNotice, Optional<String>> tell;

    /**
     * The endpoint.
     *
     * @param watched the names of the instances that are watched
     * @param tell hands the notice on; answers the name of the source that took it
     */
    public DnsmasqRoutes(
            Supplier<AccessGate> gate, Supplier<List<String>> watched, Function<ScriptNotice, Optional<String>> tell) {
        this.gate = gate;
        this.watched = watched;
        this.tell = tell;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(Route.with(
                        "POST",
                        "/internal/v1/dnsmasq",
                        "Tells what dnsmasq did, as JSON or as a form",
                        NoticeBody.class,
                        NoticeView.class,
                        this::notice)
                .answering(202));
    }

    private Answer notice(Call call) {
        if (!gate.get().mayNotify(call.remoteAddress())) {
            throw new ProblemException(Problem.of(
                    403,
                    "refused",
                    "Refused",
                    call.remoteAddress() + " may not call this; api.notify-from says who may"));
        }
        byte[] body = call.body();
        if (body.length > MAX_BODY) {
            throw new ProblemException(Problem.of(
                    413, "too-large", "Content too large", "a notice has at most " + (MAX_BODY >> 10) + " kB"));
        }
        boolean form = call.contentType().equals("application/x-www-form-urlencoded") && !looksLikeJson(body);
        ScriptNotice.Parsed parsed = ScriptNotice.parse(form ? form(body) : json(body));
        parsed.problems().forEach((field, problem) -> call.error(field.isEmpty() ? "body" : field, problem));
        call.check();
        ScriptNotice notice = java.util.Objects.requireNonNull(parsed.notice(), "a notice without problems");
        if (notice.source() == null && notice.address() != null && watched.get().size() > 1) {
            throw new ProblemException(Problem.badRequest(
                    "source", "is missing; several dnsmasq are watched: " + String.join(", ", watched.get())));
        }
        String source = tell.apply(notice)
                .orElseThrow(() -> new ProblemException(
                        notice.source() == null
                                ? Problem.of(503, "busy", "Busy", "no dnsmasq is watched, or too many notices wait")
                                : Problem.badRequest("source", "no dnsmasq of that name is watched")));
        return Answer.json(202, new NoticeView("accepted", source));
    }

    /** curl -d sends JSON under a form's name unless told otherwise. */
    private static boolean looksLikeJson(byte[] body) {
        return body.length > 0 && body[0] == '{';
    }

    private static Map<String, String> form(byte[] body) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : new String(body, StandardCharsets.ISO_8859_1).split("&", ScriptNotice.MAX_FIELDS + 2)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    /** Octets from a form (URL standard, application/x-www-form-urlencoded); names from the network need not be UTF-8. */
    private static String decoded(String text) {
        byte[] octets = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escape = c == '%'
                    && i + 2 < text.length()
                    && HexFormat.isHexDigit(text.charAt(i + 1))
                    && HexFormat.isHexDigit(text.charAt(i + 2));
            octets[length++] =
                    escape ? (byte) HexFormat.fromHexDigits(text, i + 1, i + 3) : c == '+' ? (byte) ' ' : (byte) c;
            i += escape ? 2 : 0;
        }
        return PrintableText.of(octets, 0, length);
    }

    private static Map<String, String> json(byte[] body) {
        ObjectNode object = JsonBody.object(body);
        Map<String, String> values = new LinkedHashMap<>();
        put(object, values);
        for (String nested : List.of("variables", "env")) {
            if (object.get(nested) instanceof ObjectNode variables) {
                put(variables, values);
            }
        }
        return values;
    }

    private static void put(ObjectNode object, Map<String, String> values) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                values.put(field.getKey(), field.getValue().asString());
            }
        }
    }
}
