package io.innkeeper.config;

import io.innkeeper.config.ConfigNode.Kind;
import io.innkeeper.config.ConfigNode.Mapping;
import io.innkeeper.config.ConfigNode.Scalar;
import io.innkeeper.config.ConfigNode.Sequence;
import io.innkeeper.wire.net.PrintableText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;
import tools.jackson.dataformat.yaml.YAMLReadFeature;
import tools.jackson.dataformat.yaml.YAMLSchema;

/**
 * YAML and JSON into nodes, by walking Jackson's tokens: the tokens know their lines, which a data binder forgets. Ends at
 * the first error of syntax, since what follows it is guesswork.
 */
final class TokenReader {
    /** Levels of nesting; the configuration needs five. */
    static final int MAX_DEPTH = 32;

    /** Keys and values in all. */
    static final int MAX_NODES = 100_000;

    private final String source;
    private final Problems problems;
    private final JsonParser parser;
    private int nodes;

    private TokenReader(String source, Problems problems, JsonParser parser) {
        this.source = source;
        this.problems = problems;
        this.parser = parser;
    }

    /** Reads one YAML document. Aliases and several documents are errors; an empty document is an empty mapping. */
    static Mapping yaml(String source, String text, Problems problems) {
        YAMLFactory factory = YAMLFactory.builder()
                .streamReadConstraints(limits())
                .yamlSchema(YAMLSchema.CORE)
                .enable(YAMLReadFeature.EMPTY_STRING_AS_NULL)
                .build();
        return read(source, problems, () -> factory.createParser(ObjectReadContext.empty(), new WholeCharacters(text)));
    }

    /** Reads one JSON object. */
    static Mapping json(String source, String text, Problems problems) {
        JsonFactory factory =
                JsonFactory.builder().streamReadConstraints(limits()).build();
        return read(source, problems, () -> factory.createParser(ObjectReadContext.empty(), text));
    }

    private static StreamReadConstraints limits() {
        return StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxDocumentLength(ConfigDocument.MAX_LENGTH)
                .maxTokenCount(3L * MAX_NODES)
                .build();
    }

    /** The parser looks at the first characters when it is made, and may fail then. */
    private interface Opening {
        JsonParser open();
    }

    private static Mapping read(String source, Problems problems, Opening opening) {
        Origin start = new Origin(source, 1);
        try (JsonParser parser = opening.open()) {
            return new TokenReader(source, problems, parser).document();
        } catch (JacksonException e) {
            if (e.getCause() instanceof YamlEngineException cause) {
                yaml(source, problems, cause);
            } else {
                problems.unreadable(origin(source, e.getLocation()), "cannot be read: " + sentence(e));
            }
        } catch (YamlEngineException e) {
            yaml(source, problems, e);
        } catch (Refused e) {
            problems.unreadable(e.origin, e.sentence);
        }
        return Mapping.empty(start);
    }

    /** Jackson's own message names the place where the surrounding block began; the mistake is somewhere else. */
    private static void yaml(String source, Problems problems, YamlEngineException e) {
        if (e instanceof MarkedYamlEngineException marked
                && marked.getProblemMark().isPresent()) {
            Mark mark = marked.getProblemMark().get();
            String begun = marked.getContextMark()
                    .filter(start -> start.getLine() != mark.getLine())
                    .map(start -> " from line " + (start.getLine() + 1))
                    .orElse("");
            String context = marked.getContext() == null ? "" : marked.getContext() + begun + ", ";
            String message = "cannot be read: " + context + marked.getProblem() + column(mark.getColumn() + 1);
            problems.unreadable(new Origin(source, mark.getLine() + 1), PrintableText.escape(message));
        } else {
            problems.unreadable(new Origin(source, 1), "cannot be read: " + firstLine(e.getMessage()));
        }
    }

    private static String sentence(JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        return firstLine(e.getOriginalMessage()) + (at == null || at.getColumnNr() < 1 ? "" : column(at.getColumnNr()));
    }

    private static String column(int column) {
        return " (column " + column + ")";
    }

    private static String firstLine(@Nullable String message) {
        return message == null
                ? "not in the form of its kind"
                : PrintableText.escape(message.lines().findFirst().orElse(""));
    }

    private static Origin origin(String source, @Nullable TokenStreamLocation location) {
        return new Origin(source, location == null ? 1 : Math.max(1, location.getLineNr()));
    }

    private Mapping document() {
        JsonToken token = parser.nextToken();
        Origin start = new Origin(source, 1);
        if (token == null || token == JsonToken.VALUE_NULL) {
            return Mapping.empty(start);
        }
        if (token != JsonToken.START_OBJECT) {
            throw new Refused(here(), "must be keys and values at the top, such as 'api:'");
        }
        Mapping mapping = mapping("", start);
        if (parser.nextToken() != null) {
            throw new Refused(here(), "has a second document; only one is read");
        }
        return mapping;
    }

    private Origin here() {
        return origin(source, parser.currentTokenLocation());
    }

    private ConfigNode value(JsonToken token, String path, Origin origin) {
        if (++nodes > MAX_NODES) {
            throw new Refused(origin, "has more than " + MAX_NODES + " keys and values");
        }
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw new Refused(origin, "aliases (*name) are not supported; write the value again");
        }
        return switch (token) {
            case START_OBJECT -> mapping(path, origin);
            case START_ARRAY -> sequence(path, origin);
            case VALUE_STRING -> new Scalar(parser.getString(), Kind.TEXT, origin);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Scalar(parser.getString(), Kind.NUMBER, origin);
            case VALUE_TRUE -> new Scalar("true", Kind.BOOLEAN, origin);
            case VALUE_FALSE -> new Scalar("false", Kind.BOOLEAN, origin);
            case VALUE_NULL -> new Scalar("null", Kind.NULL, origin);
            default -> throw new Refused(origin, "has a value of a kind that is not supported (a YAML tag?)");
        };
    }

    private Mapping mapping(String path, Origin origin) {
        LinkedHashMap<String, ConfigNode> entries = new LinkedHashMap<>();
        for (JsonToken token = next(); token != JsonToken.END_OBJECT; token = next()) {
            if (token != JsonToken.PROPERTY_NAME) {
                throw new Refused(here(), "a key must be a plain text");
            }
            String key = parser.currentName();
            Origin keyOrigin = here();
            String full = path.isEmpty() ? key : path + "." + key;
            ConfigNode value = value(next(), full, keyOrigin);
            ConfigNode before = entries.putIfAbsent(key, value);
            if (before != null) {
                problems.error(
                        full,
                        keyOrigin,
                        "is given twice; the first is in line "
                                + before.origin().line());
            }
        }
        return new Mapping(entries, origin);
    }

    private Sequence sequence(String path, Origin origin) {
        List<ConfigNode> items = new ArrayList<>();
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
            items.add(value(token, path + "[" + items.size() + "]", here()));
        }
        return new Sequence(items, origin);
    }

    private JsonToken next() {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new Refused(here(), "ends in the middle");
        }
        return token;
    }

    /** Ends the walk. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Origin origin;
        private final String sentence;

        Refused(Origin origin, String sentence) {
            super(sentence, null, false, false);
            this.origin = origin;
            this.sentence = sentence;
        }
    }
}
