package io.innkeeper.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.cli.Commands;
import io.innkeeper.cli.Program;
import io.innkeeper.config.ConfigDocument;
import io.innkeeper.config.ConfigLoader;
import io.innkeeper.config.ConfigResult;
import io.innkeeper.event.EventType;
import io.innkeeper.view.DeviceView;
import io.innkeeper.view.LeaseView;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents say is true: examples load, links lead somewhere, commands exist, events are described. */
class DocumentsTest {
    private static final Path EVENTS = Path.of("docs/events.md");

    static List<Path> pages() {
        return RepositoryFiles.withExtension("md");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void configurationExamplesLoad(Path page) {
        assertThat(mistakes(page.toString(), RepositoryFiles.read(page))).isEmpty();
    }

    private static List<String> mistakes(String page, String text) {
        List<String> mistakes = new ArrayList<>();
        for (Markdown.Block block : Markdown.blocks(text)) {
            configuration(block)
                    .map(name -> ConfigLoader.load(new ConfigDocument(name, block.text()), Map.of(), List.of(), null))
                    .filter(result -> result instanceof ConfigResult.Invalid)
                    .ifPresent(result -> mistakes.add(page + ":" + block.line() + ": " + result.text()));
        }
        return mistakes;
    }

    /** The file name that a block stands for; empty where it is no configuration of ours (see CONTRIBUTING.md). */
    private static Optional<String> configuration(Markdown.Block block) {
        return switch (block.info()) {
            case "yaml" -> Optional.of("innkeeper.yaml");
            case "ini" -> Optional.of("innkeeper.ini");
            case "json innkeeper.json" -> Optional.of("innkeeper.json");
            default -> Optional.empty();
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "```yaml\napi: {lisen: 127.0.0.1:8067}\n```\n",
                "Text.\n\n  ```ini\n[log]\nlevel = loud\n  ```\n",
                "```json innkeeper.json\n{\"log\": 5}\n```\n"
            })
    void theRuleOfExamplesCanFail(String page) {
        assertThat(mistakes("page.md", page)).hasSize(1);
    }

    @Test
    void otherBlocksAreLeftAlone() {
        assertThat(mistakes("page.md", "```yaml compose\nservices: 5\n```\n\n```json\n{\"a\": 1}\n```\n"))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(Path page) {
        assertThat(dead(page, RepositoryFiles.read(page)))
                .as("dead links in %s", page)
                .isEmpty();
    }

    private static List<String> dead(Path page, String text) {
        return Markdown.links(text).stream()
                .filter(target ->
                        !Files.exists(RepositoryFiles.ROOT.resolve(page).resolveSibling(target)))
                .toList();
    }

    @Test
    void theRuleOfLinksCanFail() {
        String text = "[a](nowhere.md) [b](README.md#top) [c](https://example.org) ![d](docs/none.png) `[e](x)`\n";
        assertThat(dead(Path.of("page.md"), text)).containsExactly("nowhere.md", "docs/none.png");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void commandsInExamplesExist(Path page) {
        assertThat(unknownCommands(RepositoryFiles.read(page), commands()))
                .as("commands of examples in %s", page)
                .isEmpty();
    }

    @Test
    void theRuleOfCommandsCanFail() {
        assertThat(unknownCommands("```sh\n./innkeeper fly --far\n$ ./innkeeper run\n```\n", Set.of("run")))
                .containsExactly("fly");
    }

    private static List<String> unknownCommands(String page, Set<String> commands) {
        return Markdown.blocks(page).stream()
                .filter(block -> block.info().equals("sh"))
                .flatMap(block -> block.text().lines())
                .map(line -> line.replaceFirst("^\\s*(?:\\$ )?", "").split("\\s+"))
                .filter(words -> words[0].equals("./innkeeper") && words.length > 1 && !words[1].startsWith("-"))
                .map(words -> words[1])
                .filter(command -> !commands.contains(command))
                .toList();
    }

    private static Set<String> commands() {
        return Commands.of(new NothingRuns()).getSubcommands().keySet();
    }

    private static final class NothingRuns implements Program {
        @Override
        public int run(@Nullable Path config, List<String> settings) {
            return 0;
        }

        @Override
        public int demo(int devices, double speed, List<String> settings) {
            return 0;
        }

        @Override
        public int training() {
            return 0;
        }
    }

    @Test
    void everyEventIsDescribed() {
        String page = RepositoryFiles.read(EVENTS);
        Set<String> described = Pattern.compile("(?m)^\\| `([a-z]+\\.[a-z-]+)` \\|")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(described)
                .as("the events in the tables of %s and those of EventType", EVENTS)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(EventType.values()).map(EventType::text).toList());
    }

    @ParameterizedTest
    @ValueSource(classes = {LeaseView.class, DeviceView.class})
    void everyFieldIsDescribed(Class<? extends Record> view) {
        String page = RepositoryFiles.read(EVENTS);
        assertThat(Arrays.stream(view.getRecordComponents()).map(RecordComponent::getName))
                .allSatisfy(field -> assertThat(page)
                        .as("%s has a row for the field %s of %s", EVENTS, field, view.getSimpleName())
                        .containsPattern("(?m)^\\|(?: `[A-Za-z]+`,?)* `" + field + "`,?(?: `[A-Za-z]+`,?)* \\|"));
    }
}
