package io.innkeeper.wire.dhcp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The registry, and docs/dhcp-options.md, which is written from it. */
class OptionRegistryTest {
    private static final OptionRegistry IANA = OptionRegistry.IANA;
    private static final Path PAGE = Path.of("docs/dhcp-options.md");

    static Stream<OptionDefinition> definitions() {
        return IANA.all().stream();
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void everyOptionIsFoundByItsNames(OptionDefinition definition) {
        assertThat(definition.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
        assertThat(definition.reference()).isNotBlank();
        assertThat(IANA.byCode(definition.code())).contains(definition);
        assertThat(IANA.definition(definition.code())).isEqualTo(definition);
        assertThat(IANA.byName(definition.name())).contains(definition);
        assertThat(definition.aliases()).allSatisfy(alias -> {
            assertThat(alias).isEqualTo(alias.strip().toLowerCase(Locale.ROOT));
            assertThat(IANA.byName(alias)).contains(definition);
        });
    }

    @Test
    void noNameMeansTwoOptions() {
        Map<String, Integer> codes = new HashMap<>();
        for (OptionDefinition definition : IANA.all()) {
            Stream.concat(Stream.of(definition.name()), definition.aliases().stream())
                    .forEach(name -> assertThat(codes.put(name, definition.code()))
                            .as(name)
                            .isNull());
        }
        assertThat(IANA.all()).hasSizeGreaterThan(140).doesNotHaveDuplicates();
    }

    /** As they are assigned; 84, 96, 102 to 107, 110, 111, 115, 126, 127, 149, 160 and from 163 on most are not. */
    @Test
    void allAssignedCodesAreThere() {
        List<Integer> open = Stream.of(84, 96, 102, 103, 104, 105, 106, 107, 110, 111, 115, 126, 127, 149, 160)
                .toList();
        for (int code = 1; code <= 162; code++) {
            assertThat(IANA.byCode(code).isPresent()).as("option " + code).isEqualTo(!open.contains(code));
        }
        assertThat(Stream.of(175, 176, 177, 208, 209, 210, 211, 212, 213, 220, 221, 249, 252))
                .allMatch(code -> IANA.byCode(code).isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "router, 3, address-list",
        "Routers, 3, address-list",
        "dns-server, 6, address-list",
        "classless-static-route, 121, routes",
        "tftp-server, 66, text",
        "captive-portal-uri, 114, uri",
        "ipv6-only-preferred, 108, u32",
        "time-offset, 2, s32",
        "option-3, 3, address-list",
        "3, 3, address-list",
        "option-230, 230, bytes"
    })
    void names(String name, int code, String type) {
        OptionDefinition found = IANA.byName(name).orElseThrow();
        assertThat(found.code()).isEqualTo(code);
        assertThat(found.type().text()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({"''", "rooters", "0", "255", "option-0", "option-", "option-1000", "-1", "٣"})
    void noNames(String name) {
        assertThat(IANA.byName(name)).isEmpty();
    }

    @Test
    void codesWithoutANameAreBytes() {
        assertThat(IANA.byCode(230)).isEmpty();
        assertThat(IANA.byCode(-1)).isEmpty();
        assertThat(IANA.byCode(256)).isEmpty();
        assertThat(IANA.definition(230)).isEqualTo(new OptionDefinition(230, "option-230", OptionType.BYTES));
        assertThatIllegalArgumentException().isThrownBy(() -> IANA.definition(255));
        assertThatIllegalArgumentException().isThrownBy(() -> IANA.definition(0));
    }

    @Test
    void customOptionsWin() {
        OptionDefinition own = new OptionDefinition(230, "phone-config", OptionType.URI);
        OptionDefinition instead = new OptionDefinition(150, "routers", OptionType.TEXT);
        OptionRegistry grown = IANA.with(List.of(own, instead));
        assertThat(grown.byName("phone-config")).contains(own);
        assertThat(grown.definition(230)).isEqualTo(own);
        assertThat(grown.byName("routers")).contains(instead);
        assertThat(grown.byName("tftp-server-address")).contains(instead);
        assertThat(grown.byName("router").orElseThrow().code()).isEqualTo(3);
        assertThat(IANA.byName("phone-config")).isEmpty();
        assertThat(IANA.definition(150).name()).isEqualTo("tftp-server-address");
        assertThat(IANA.clashes(List.of(own))).isEmpty();
        assertThat(IANA.clashes(List.of(own, instead, new OptionDefinition(231, "phone-config", OptionType.U8))))
                .containsExactly(
                        "option 150 is tftp-server-address already",
                        "routers is the name of option 3 already",
                        "phone-config is the name of option 230 already");
    }

    /** {@code -Dinnkeeper.write-docs=true} writes the page. */
    @Test
    void thePageIsThatOfTheRegistry() throws IOException {
        String page = page();
        if (Boolean.getBoolean("innkeeper.write-docs")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE)
                .as("%s is written by this test: run it with -Dinnkeeper.write-docs=true", PAGE)
                .hasContent(page);
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # DHCP options

                Written by a test from the registry in `io.innkeeper.wire.dhcp4`. Options are named by any of their names, or by
                their number; an option without a name is `option-N` and consists of bytes. Options marked * are made by the
                server or the client: they have names so that they can be shown.

                ## Types

                Lists are written as lists, or in one text with commas between (user classes and vendor options: as lists only).

                | type | a value is | example |
                |---|---|---|
                """);
        for (OptionType type : OptionType.values()) {
            String example = type.example().isEmpty() ? "" : "`" + type.example() + "`";
            page.append("| `%s` | %s | %s |%n".formatted(type.text(), type.words(), example));
        }
        page.append("""

                ## Options

                | code | name | type | other names | specified in |
                |---|---|---|---|---|
                """);
        for (OptionDefinition option : IANA.all()) {
            page.append("| %d%s | `%s` | `%s` | %s | %s |%n"
                    .formatted(
                            option.code(),
                            option.belongsToTheProtocol() ? "*" : "",
                            option.name(),
                            option.type().text(),
                            String.join(
                                    ", ",
                                    option.aliases().stream()
                                            .map(alias -> "`" + alias + "`")
                                            .toList()),
                            option.reference()));
        }
        return page.toString();
    }
}
