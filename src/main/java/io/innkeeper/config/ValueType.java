package io.innkeeper.config;

import io.innkeeper.config.ConfigNode.Kind;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Prefix;
import io.innkeeper.wire.rdk.SpAddress;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A type that is one value in a document: how it is read, written, described.
 *
 * @param words what it is, to follow "is not"
 * @param kinds the forms of YAML and JSON that it may have
 * @param schema its JSON Schema
 * @param parse from text; empty where the text is something else
 * @param write to a String, Number or Boolean that {@code parse} understands
 */
record ValueType(
        String words,
        List<Kind> kinds,
        Map<String, Object> schema,
        Function<String, Optional<?>> parse,
        Function<Object, Object> write) {
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,18}");
    private static final Map<Class<?>, ValueType> TYPES = types();

    /** The type of a class; empty for a class that is no single value. */
    static Optional<ValueType> of(Class<?> type) {
        return type.isEnum() ? Optional.of(ofEnum(type)) : Optional.ofNullable(TYPES.get(type));
    }

    /** The texts that are allowed, where they can be counted. */
    List<String> choices() {
        return schema.get("enum") instanceof List<?> texts
                ? texts.stream().map(Object::toString).toList()
                : List.of();
    }

    private static Map<Class<?>, ValueType> types() {
        Map<Class<?>, ValueType> types = new HashMap<>();
        types.put(String.class, text("a text", Map.of("type", "string"), Optional::of));
        ValueType whole = new ValueType(
                "a whole number", List.of(Kind.NUMBER), Map.of("type", "integer"), ValueType::whole, v -> v);
        types.put(long.class, whole);
        types.put(Long.class, whole);
        ValueType small = new ValueType(
                whole.words, whole.kinds, whole.schema, text -> whole(text).flatMap(ValueType::narrow), v -> v);
        types.put(int.class, small);
        types.put(Integer.class, small);
        ValueType truth = new ValueType(
                "true or false", List.of(Kind.BOOLEAN), Map.of("type", "boolean"), ValueType::truth, v -> v);
        types.put(boolean.class, truth);
        types.put(Boolean.class, truth);
        ValueType real =
                new ValueType("a number", List.of(Kind.NUMBER), Map.of("type", "number"), ValueType::real, v -> v);
        types.put(double.class, real);
        types.put(Double.class, real);
        putTexts(types);
        return Map.copyOf(types);
    }

    private static void putTexts(Map<Class<?>, ValueType> types) {
        types.put(
                Duration.class,
                new ValueType(
                        "a duration such as 500ms, 30s, 5m, 12h or 7d",
                        List.of(Kind.TEXT),
                        patterned(DurationText.PATTERN),
                        DurationText::parse,
                        value -> DurationText.write((Duration) value)));
        types.put(ByteSize.class, textOrNumber("a size such as 10MB", ByteSize.PATTERN, ByteSize::parse));
        putListeners(types);
        types.put(Path.class, text("a path", patterned("^[^\\u0000]+$"), ValueType::path));
        Map<String, Object> string = Map.of("type", "string");
        types.put(MacAddress.class, text("a MAC address", string, MacAddress::parse));
        types.put(IpAddress.class, text("an IP address", string, IpAddress::parse));
        types.put(Prefix.class, text("a network such as 192.168.1.0/24", string, Prefix::parse));
        types.put(ClientId.class, text("a client identifier", string, ClientId::parse));
        types.put(
                Instant.class,
                text(
                        "a time such as 2026-12-01T00:00:00Z",
                        JsonSchema.object("type", "string", "format", "date-time"),
                        ValueType::instant));
        types.put(
                Lifetime.class,
                text("a duration such as 30m, 12h or 7d, or infinite", patterned(Lifetime.PATTERN), Lifetime::parse));
        types.put(
                AddressRange.class,
                text(
                        "a range such as 192.168.1.100-192.168.1.199, the smaller address first",
                        patterned(AddressRange.PATTERN),
                        AddressRange::parse));
        types.put(
                MacMask.class,
                text("a MAC address or a pattern such as 00:11:22:*", patterned(MacMask.PATTERN), MacMask::parse));
        types.put(
                OctetText.class,
                text("a text, or octets such as 0x0102 or 01:02", patterned(OctetText.PATTERN), OctetText::parse));
        types.put(
                OptionText.class,
                new ValueType(
                        "a value of an option",
                        List.of(Kind.TEXT, Kind.NUMBER, Kind.BOOLEAN),
                        Map.of("type", List.of("string", "number", "boolean")),
                        text -> Optional.of(new OptionText(text)),
                        Object::toString));
        types.put(
                SecretText.class,
                new ValueType(
                        SecretText.WORDS,
                        List.of(Kind.TEXT, Kind.NUMBER, Kind.BOOLEAN),
                        JsonSchema.object("type", List.of("string", "number", "boolean"), "minLength", 1),
                        SecretText::parse,
                        Object::toString));
    }

    private static void putListeners(Map<Class<?>, ValueType> types) {
        types.put(
                ListenAddress.class,
                textOrNumber("an address to listen on, host:port", ListenAddress.PATTERN, ListenAddress::parse));
        types.put(
                SyslogAddress.class,
                text("udp://host:port or tcp://host:port", patterned(SyslogAddress.PATTERN), SyslogAddress::parse));
        types.put(
                SpAddress.class,
                text(
                        "tcp://host:port, ws://host:port or ipc:///path with an IP address, * or localhost as host",
                        patterned("^(tcp|ws)://.+:[0-9]{1,5}(/.*)?$|^ipc:///.+$"),
                        SpAddress::parse));
    }

    private static Map<String, Object> patterned(String pattern) {
        return JsonSchema.object("type", "string", "pattern", pattern);
    }

    private static ValueType text(String words, Map<String, Object> schema, Function<String, Optional<?>> parse) {
        return new ValueType(words, List.of(Kind.TEXT), schema, parse, Object::toString);
    }

    private static ValueType textOrNumber(String words, String pattern, Function<String, Optional<?>> parse) {
        return new ValueType(
                words,
                List.of(Kind.TEXT, Kind.NUMBER),
                JsonSchema.object("type", List.of("string", "integer"), "pattern", pattern),
                parse,
                Object::toString);
    }

    private static Optional<Long> whole(String text) {
        String digits = text.replace("_", "");
        return WHOLE.matcher(digits).matches() ? Optional.of(Long.parseLong(digits)) : Optional.empty();
    }

    private static Optional<Integer> narrow(long value) {
        return value == (int) value ? Optional.of((int) value) : Optional.empty();
    }

    private static Optional<Double> real(String text) {
        try {
            return Optional.of(Double.valueOf(text));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static Optional<Boolean> truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> Optional.of(true);
            case "false", "no", "off", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException noTime) {
            return Optional.empty();
        }
    }

    private static Optional<Path> path(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException notAPath) {
            return Optional.empty();
        }
    }

    private static ValueType ofEnum(Class<?> type) {
        Map<String, Object> byText = new HashMap<>();
        Object[] constants = type.getEnumConstants();
        for (Object constant : constants) {
            byText.put(enumText(constant), constant);
        }
        List<String> texts = Arrays.stream(constants).map(ValueType::enumText).toList();
        return new ValueType(
                "one of " + String.join(", ", texts),
                List.of(Kind.TEXT),
                JsonSchema.object("type", "string", "enum", texts),
                text -> Optional.ofNullable(byText.get(text)),
                ValueType::enumText);
    }

    /** What the constant's own {@code text()} says, or its name in lower case with {@code -} between the words. */
    private static String enumText(Object constant) {
        @Nullable String own = null;
        try {
            own = (String)
                    ((Enum<?>) constant).getDeclaringClass().getMethod("text").invoke(constant);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException hasNone) {
            own = null;
        }
        return own != null
                ? own
                : ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
