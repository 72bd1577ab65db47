package io.innkeeper.config;

import static io.innkeeper.config.TestingConfig.config;
import static io.innkeeper.config.TestingConfig.errors;
import static io.innkeeper.config.TestingConfig.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.dhcp4.BootArchitecture;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section {@code install}. */
class InstallConfigTest {
    @Test
    void whatIsLeftOutHasItsDefault() {
        InstallConfig section =
                Objects.requireNonNull(config(yaml("install: {profiles: {a: {files: {efi-x64: b.efi}}}}"))
                        .install());
        assertThat(section.expires()).hasDays(1);
        assertThat(section.dnsmasqFile()).isNull();
        InstallProfile profile = section.profile("a").orElseThrow();
        assertThat(profile.ends()).isEqualTo(InstallEnds.AFTER_SERVED);
        assertThat(profile.hold()).hasMinutes(5);
        assertThat(profile.files().byArchitecture()).isEqualTo(Map.of(BootArchitecture.EFI_X64, "b.efi"));
        assertThat(profile.http().byArchitecture()).isEmpty();
        assertThat(section.profile("b")).isEmpty();
        assertThat(config(yaml("")).install()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{a: {next-server: 10.0.0.1}}|profiles[0]: says nothing to boot",
                "{A: {ipxe: b}}|a name of 1 to 32 lower-case letters",
                "[{name: a, ipxe: b}, {name: a, ipxe: c}]|profiles[1].name: the name 'a' is taken",
                "{a: {http: {efi-x64: grubx64.efi}}}|http.efi-x64: is not a URL",
                "{a: {files: {efi-x64: 'with space'}}}|without spaces",
                "{a: {files: {efi-x46: b}}}|did you mean 'efi-x64'",
                "{a: {ipxe: b, options: {boot-file-name: c}}}|is what next-server, files, http and ipxe say",
                "{a: {ipxe: b, options: {67: c}}}|is what next-server, files, http and ipxe say",
                "{a: {ipxe: b, options: {routers: nowhere}}}|options.routers",
                "{a: {ipxe: b, options: {lease-time: 5}}}|is written as lifetime",
                "{a: {ipxe: b, hold: 1s}}|must be from 10s to 1d",
            })
    void mistakesAreSaid(String profiles, String said) {
        assertThat(errors(yaml("install: {profiles: " + profiles + "}")))
                .anySatisfy(error -> assertThat(error).contains(said));
    }

    @Test
    void aFileNameFitsTheHeader() {
        String longest = "a".repeat(127);
        assertThat(config(yaml("install: {profiles: {a: {files: {bios: " + longest + "}}}}"))
                        .install())
                .isNotNull();
        assertThat(errors(yaml("install: {profiles: {a: {files: {bios: " + longest + "b}}}}")))
                .singleElement()
                .asString()
                .contains("files.bios: has 128 characters");
    }

    @Test
    void iPxeThatWouldLoadItselfForEver() {
        assertThat(yaml("install: {profiles: {a: {files: {bios: undionly.kpxe}}}}")
                        .text())
                .contains("iPXE would load itself again and again");
        assertThat(yaml("install: {profiles: {a: {files: {bios: undionly.kpxe}, ipxe: b}}}")
                        .text())
                .isEmpty();
        assertThat(yaml("install: {profiles: {a: {files: {bios: netboot.xyz-undionly.kpxe}}}}")
                        .text())
                .isEmpty();
    }

    @Test
    void optionsOfTheUserAreKnown() {
        String text = """
                dhcp4:
                  custom-options: [{code: 224, name: colour, type: text}]
                  interfaces: [eth0]
                  subnets: [{prefix: 10.0.0.0/24}]
                install: {profiles: {a: {ipxe: b, options: {colour: red}}}}
                """;
        assertThat(config(yaml(text)).install()).isNotNull();
    }
}
