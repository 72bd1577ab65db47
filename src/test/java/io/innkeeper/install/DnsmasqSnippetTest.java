package io.innkeeper.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.config.ConfigDocument;
import io.innkeeper.config.ConfigLoader;
import io.innkeeper.config.ConfigResult;
import io.innkeeper.config.InstallConfig;
import io.innkeeper.view.InstallationView;
import io.innkeeper.wire.dhcp4.OptionRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The lines for a dnsmasq; whether it understands them, a real one says in InstallPeerTest. */
class DnsmasqSnippetTest {
    private static final Instant NOW = Instant.parse("2026-11-21T20:00:00Z");

    private static InstallationView mark(String mac, String profile) {
        return InstallationView.marked(mac, profile, NOW, null);
    }

    private static List<String> lines(String profiles, InstallationView... marks) {
        ConfigResult result = ConfigLoader.load(
                new ConfigDocument("innkeeper.yaml", "install: {profiles: " + profiles + "}"),
                Map.of(),
                List.of(),
                null);
        assertThat(result.text()).doesNotContain("error: ");
        InstallConfig config =
                Objects.requireNonNull(((ConfigResult.Valid) result).config().install());
        return DnsmasqSnippet.configuration(config, OptionRegistry.IANA, null, List.of(marks))
                .lines()
                .toList();
    }

    @Test
    void whoIsNotNamedGetsWhatIsForOthers() {
        assertThat(lines("{p: {files: {bios: a.0, efi-x64: b.efi, other: c.efi}}}"))
                .contains(
                        "dhcp-boot=tag:innkeeper-netboot,tag:innkeeper-profile-p,tag:!innkeeper-http,tag:innkeeper-bios,a.0",
                        "dhcp-boot=tag:innkeeper-netboot,tag:innkeeper-profile-p,tag:!innkeeper-http,tag:!innkeeper-bios,"
                                + "tag:!innkeeper-efi-x64,c.efi");
    }

    @Test
    void whatMeansSomethingToDnsmasqIsQuoted() {
        assertThat(lines("{p: {files: {bios: 'a\\b,c.0'}, ipxe: 'http://h/x#y'}}"))
                .anyMatch(line -> line.endsWith(",\"a\\\\b,c.0\""))
                .anyMatch(line -> line.endsWith(",\"http://h/x#y\""));
    }

    @Test
    void optionsAreOctets() {
        assertThat(lines("{p: {files: {bios: a}, options: {224: 0x07, 225: 0x0102, ntp-servers: [10.0.0.1]}}}"))
                .contains(
                        "dhcp-option-force=tag:innkeeper-netboot,tag:innkeeper-profile-p,224,7",
                        "dhcp-option-force=tag:innkeeper-netboot,tag:innkeeper-profile-p,225,01:02",
                        "dhcp-option-force=tag:innkeeper-netboot,tag:innkeeper-profile-p,42,0a:00:00:01");
    }

    @Test
    void onlyMarksOfProfilesThatAreThere() {
        String one = "02:00:00:00:00:01";
        String two = "02:00:00:00:00:02";
        InstallationView over = mark(two, "p").ended(NOW, "done");
        assertThat(lines("{p: {files: {bios: a}}}", mark(one, "p"), mark(two, "gone")))
                .contains("dhcp-mac=set:innkeeper-profile-p," + one)
                .noneMatch(line -> line.contains(two));
        assertThat(DnsmasqSnippet.hosts(Set.of("p"), List.of(mark(one, "p"), over), List.of(one, two)))
                .endsWith("\n" + one + ",tag:innkeeper-netboot,set:innkeeper-profile-p\n" + two
                        + ",tag:innkeeper-netboot,set:innkeeper-over\n");
    }

    @Test
    void aFolderStandsInPlaceOfTheMarks() {
        InstallConfig none = new InstallConfig(List.of(), java.time.Duration.ofDays(1), null);
        String text = DnsmasqSnippet.configuration(
                none, OptionRegistry.IANA, "/srv/marks", List.of(mark("02:00:00:00:00:01", "p")));
        assertThat(text).contains("\ndhcp-hostsdir=/srv/marks\n").doesNotContain("dhcp-mac");
    }

    @Test
    void aTagNamesItsProfile() {
        assertThat(DnsmasqSnippet.profileOf(DnsmasqSnippet.tag("over"))).contains("over");
        assertThat(DnsmasqSnippet.profileOf("innkeeper-over")).isEmpty();
        assertThat(DnsmasqSnippet.profileOf(DnsmasqSnippet.NETBOOT)).isEmpty();
    }
}
