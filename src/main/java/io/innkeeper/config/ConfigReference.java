package io.innkeeper.config;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the reference page of the configuration (docs/config.md) from the records. */
public final class ConfigReference {
    private static final String INTRODUCTION = """
            # Configuration

            <!-- Written from the records in src/main/java/io/innkeeper/config; a test compares them. -->

            One document: `innkeeper.yaml`, or the same as `.json` or `.ini`, named with `--config FILE`. Without that
            option, `innkeeper.yaml`, `.yml`, `.json`, `.ini` and `.conf` are looked for in the working directory.
            Nothing has to be configured: without a file, a dnsmasq of this machine is found by itself.

            Layers, each over the one before: defaults, file, environment (`INNKEEPER_` and the key in capitals, `-` and
            `.` as `_`), command line (`--set api.listen=:8067`, repeatable), settings made through the API at run time.
            Mappings merge key by key; lists and single values replace. Lists are written `a, b` in INI, environment and
            on the command line. Empty environment variables count as not set; an unknown `INNKEEPER_…` is a mistake, apart
            from those that the launcher and the commands read: `INNKEEPER_CONFIG`, `INNKEEPER_JAVA`,
            `INNKEEPER_JAVA_OPTS`, `INNKEEPER_AOT`, `INNKEEPER_URL`.

            `innkeeper check-config FILE` reports every mistake at once, with line and key. Unknown keys are mistakes.

            Relative paths start at the working directory of the process, not at the folder of the file. Durations are a
            number and a unit (`500ms` `30s` `5m` `12h` `7d`); sizes likewise (`10MB` is ten million bytes, `10MiB` is
            10 · 1024 · 1024). Strings that look like numbers need quotes in YAML. Examples: `config/innkeeper.yaml`,
            `config/innkeeper.json`, `config/innkeeper.ini`.

            In INI, `[log]` begins a section, `[log.file]` one inside it, and `[dnsmasq.home]` a dnsmasq named `home`;
            `#` and `;` begin comments; a key that is given again adds to its list. Every list of sections that have a name
            can be written that way: `[dhcp4.subnets.home]`, `[dhcp4.subnets.home.reservations.nas]`. Lists of sections
            without names (`deny`, `allow`, `pass-through`) take MAC patterns there, and nothing else.

            Where one thing stands in such a list, environment and command line reach it without a name:
            `INNKEEPER_DHCP4_SUBNETS_PREFIX=192.168.1.0/24`. The variable of a mapping takes `key=value, key=value`, one value
            a key; `--set dhcp4.options.domain-name-servers=192.168.1.1,192.168.1.2` takes several.
            """;

    private final StringBuilder page = new StringBuilder(INTRODUCTION);
    private final Map<Class<?>, String> described = new HashMap<>();

    private ConfigReference() {}

    /** The page, in Markdown. */
    public static String markdown() {
        ConfigReference reference = new ConfigReference();
        reference.section(ConfigLoader.root(), "", "Top level");
        return reference.page.toString();
    }

    private void section(Shape.Section section, String prefix, String title) {
        page.append("\n## ").append(title).append("\n\n");
        page.append(Objects.requireNonNullElse(section.doc(), "")).append("\n\n");
        page.append("| key | type | default | environment variable | what it does |\n|---|---|---|---|---|\n");
        List<Shape.Field> fields = section.fields();
        described.put(section.type(), prefix.isEmpty() ? title : prefix.substring(0, prefix.length() - 1));
        fields.forEach(field -> row(field, prefix));
        if (!section.later().isEmpty()) {
            String keys = String.join(
                    ", ",
                    section.later().stream()
                            .sorted()
                            .map(key -> "`" + key + "`")
                            .toList());
            page.append("\nAccepted with a warning, and ignored, since a later version has them: ")
                    .append(keys);
            page.append(".\n");
        }
        for (Shape.Field field : section.fields()) {
            Shape.Section inner = inner(field.shape());
            if (inner != null && !described.containsKey(inner.type())) {
                String path = prefix + field.key() + (field.shape() instanceof Shape.Table ? ".NAME" : "");
                section(inner, path + ".", "`" + path + "`");
            }
        }
    }

    private static Shape.@Nullable Section inner(Shape shape) {
        return switch (shape) {
            case Shape.Section section -> section;
            case Shape.Items items when items.item() instanceof Shape.Section section -> section;
            case Shape.Table table when table.value() instanceof Shape.Section section -> section;
            default -> null;
        };
    }

    private void row(Shape.Field field, String prefix) {
        String path = prefix + field.key();
        boolean variable = KeyPaths.leaves(ConfigLoader.root()).containsKey(path)
                && !(field.shape() instanceof Shape.Items items && items.byName());
        String name = variable ? "`" + KeyPaths.environmentName(path) + "`" : "";
        Shape.Section inner = inner(field.shape());
        String before = inner == null ? null : described.get(inner.type());
        String like = before == null ? "" : " Keys as in `" + before + "`.";
        String doc = Objects.requireNonNullElse(field.doc(), "") + like;
        String[] cells = {"`" + path + "`", type(field.shape()), preset(field), name, doc};
        page.append("| ").append(String.join(" | ", cells).replace("\n", " ")).append(" |\n");
    }

    private static String preset(Shape.Field field) {
        if (field.defaultText() != null) {
            return "`" + field.defaultText() + "`";
        }
        if (field.nullable()) {
            return "none";
        }
        return switch (field.shape()) {
            case Shape.Section _ -> "";
            case Shape.Items _, Shape.Table _ -> "empty";
            case Shape.Value _, Shape.Anything _ -> "*required*";
        };
    }

    private static String type(Shape shape) {
        return switch (shape) {
            case Shape.Section section
            when section.shorthand() != null -> type(section.shorthand().shape()) + ", or section";
            case Shape.Section _ -> "section";
            case Shape.Items items when items.byName() -> "section, or list of sections";
            case Shape.Items items when items.single() -> type(items.item()) + ", or list of them";
            case Shape.Items items -> "list; each " + type(items.item());
            case Shape.Table table -> "mapping; each value " + type(table.value());
            case Shape.Value value -> value(value);
            case Shape.Anything _ -> "anything";
        };
    }

    private static String value(Shape.Value value) {
        String words = value.matches() == null
                ? value.type().words()
                : value.matches().words().split(": ")[0];
        Range range = value.range();
        return range == null ? words : words + ", " + grouped(range.min()) + " to " + grouped(range.max());
    }

    private static String grouped(String bound) {
        return bound.chars().allMatch(Character::isDigit)
                ? String.format(Locale.ROOT, "%,d", Long.parseLong(bound))
                : bound;
    }
}
