package io.innkeeper.peer;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.innkeeper.TestingApp;
import io.innkeeper.TestingDhcpClient;
import io.innkeeper.TestingPusher;
import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import io.innkeeper.wire.rdk.PluginMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees and does of this machine's uplinks, in a real browser. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UplinksBrowserTest {
    private static final int PATIENCE_MS = 10_000;

    private RealBrowser browser;
    private TestingApp app;
    private TestingPusher pusher;
    private Path called;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        browser = RealBrowser.start();
        called = folder.resolve("called");
        TestingApp.write(folder.resolve("innkeeper.yaml"), TestingApp.yaml(folder, """
                lease-monitor:
                  listen: "tcp://127.0.0.1:0"
                  hooks:
                    renew: [/bin/sh, -c, 'echo "$COMMAND $INTERFACE $FAMILY" >> %1$s']
                    release: [/bin/sh, -c, 'echo no client runs; exit 3']
                dhcp4: {listen: 127.0.0.1:%2$d, conflict-check: off, subnets: [{prefix: 203.0.113.0/24}]}
                dns: {listen: [127.0.0.1:0], upstreams: [udp://127.0.0.1:9]}
                """.formatted(
                        called, TestingDhcpClient.freePort())));
        app = TestingApp.start(folder);
        pusher = new TestingPusher(app);
        pusher.push("v4-deconfig");
        pusher.push("v4-bound-many");
        pusher.push("v6-add-both");
        pusher.push(other("wan1", false));
        pusher.push(new byte[1_720]);
    }

    /** Of another interface than the samples are. */
    private static byte[] other(String ifname, boolean lease) throws IOException {
        byte[] sample = TestingPusher.sample(lease ? "v4-bound" : "v4-leasefail");
        byte[] name = java.util.Arrays.copyOf(ifname.getBytes(java.nio.charset.StandardCharsets.US_ASCII), 32);
        System.arraycopy(name, 0, sample, 0, 32);
        assertThat(((Dhcpv4PluginMessage) PluginMessage.parse(sample)).ifname()).isEqualTo(ifname);
        return sample;
    }

    @AfterAll
    void stop() {
        if (app != null) {
            app.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    private static LocatorAssertions.IsVisibleOptions patiently() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MS);
    }

    private Page open(int width, int height, ColorScheme colours) {
        Page page = browser.open(
                new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(colours));
        page.navigate(app.uri() + "#/uplinks");
        assertThat(page.locator(".pill.live")).isVisible(patiently());
        assertThat(page.locator("[data-uplink=erouter0]")).isVisible(patiently());
        return page;
    }

    private void noComplaints() {
        assertThat(browser.complaints).allSatisfy(text -> assertThat(text).contains("status of 503"));
        browser.complaints.clear();
    }

    @Test
    void aLeaseCountsDownAndChangesWithoutAReload() throws IOException {
        try (Page page = open(1_280, 1_400, ColorScheme.LIGHT)) {
            Locator uplink = page.locator("[data-uplink=erouter0]");
            assertThat(uplink.locator("header .pill")).hasText("up");
            assertThat(uplink.locator("[data-client=DHCPv4]")).containsText("192.0.2.45/24");
            assertThat(uplink.locator("[data-client=DHCPv4]")).containsText("198.51.100.1, 198.51.100.2");
            assertThat(uplink.locator("[data-held=prefix]")).containsText("2001:db8:abcd::/48");
            assertThat(uplink).containsText("MAP-T");
            Locator left = uplink.locator("[data-held=prefix] [data-next=validUntil] strong");
            assertThat(left).hasText(Pattern.compile("in 1 h 5\\d min|in 2 h 00 min"));
            assertThat(page.locator("[data-uplink=wan1] header .pill")).hasText("down");
            browser.shoot(page, "wan-desktop");

            pusher.push("v4-renew-newip");
            assertThat(uplink.locator("[data-client=DHCPv4]")).containsText("192.0.2.77");
            assertThat(page.locator("[data-change='wan.update']").first()).containsText("192.0.2.77");
            pusher.push(other("wan1", true));
            assertThat(page.locator("[data-uplink=wan1] header .pill")).hasText("up");
            pusher.push(other("wan1", false));
            assertThat(page.locator("[data-uplink=wan1] header .pill")).hasText("down");
            assertThat(page.locator("[data-message]").first()).containsText("wan1");
            assertThat(page.locator(".refused").first()).containsText("names no interface");
            noComplaints();
        }
    }

    @Test
    void commandsRunTheProgramsThatAreConfigured() throws IOException {
        try (Page page = open(1_280, 1_000, ColorScheme.DARK)) {
            Locator uplink = page.locator("[data-uplink=erouter0]");
            assertThat(uplink.locator("[data-order]")).hasCount(2);
            uplink.locator("[data-order=renew]").focus();
            page.keyboard().press("Enter");
            assertThat(uplink.locator("[role=status]")).hasText("Asked its client to renew.");
            assertThat(Files.readAllLines(called)).isEqualTo(List.of("renew erouter0 4", "renew erouter0 6"));
            uplink.locator("[data-order=release]").click();
            assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Release erouter0?");
            browser.shoot(page, "wan-dialog-dark");
            page.keyboard().press("Escape");
            assertThat(page.locator("dialog[open]")).hasCount(0);
            uplink.locator("[data-order=release]").click();
            page.locator("[data-sure]").click();
            assertThat(uplink.locator("[role=status]")).containsText("status 3");
            browser.shoot(page, "wan-dark");
            noComplaints();
        }
    }

    @Test
    void aPhoneHasRoomForIt() {
        for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            try (Page page = open(390, 844, colours)) {
                assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                        .isLessThanOrEqualTo(390);
                browser.shoot(page, "wan-phone-" + colours);
                page.locator("#messages-title").scrollIntoViewIfNeeded();
                browser.shoot(page, "wan-phone-messages-" + colours);
                noComplaints();
            }
        }
    }

    @Test
    void whatRunsOutIsSeenToRunOut() {
        Instant now = Instant.now();
        String lease = """
                {"kind":"%s","text":"%s","iaid":1,"stage":"bound","heardAt":"%s","renewAt":"%s","rebindAt":"%s",
                 "preferredUntil":"%s","validUntil":"%s"}""";
        String client = """
                {"number":1,"phase":"bound","leases":[%s],"routers":[],"dnsServers":[],"domain":"","server":"","softwire":""}""";
        String asks = lease.formatted(
                "address",
                "192.0.2.45/24",
                now.minusSeconds(2_000),
                now.minusSeconds(200),
                now.plusSeconds(1_150),
                now.plusSeconds(1_600),
                now.plusSeconds(1_600));
        String almostOver = lease.formatted(
                "prefix",
                "2001:db8:abcd::/48",
                now.minusSeconds(3_580),
                now.minusSeconds(1_800),
                now.minusSeconds(400),
                now.minusSeconds(10),
                now.plusSeconds(4));
        String monitor = """
                {"at":"%s","compatibility":"none","orders":[],"uplinks":[{"name":"wan0","number":1,"alias":"cpe-wan0",
                 "dhcpv4":%s,"dhcpv6":%s,"lastAt":null,"waiting":0,"messages":{}}]}""".formatted(now, client.formatted(asks), client.formatted(almostOver));
        try (Page page = browser.open(new Browser.NewContextOptions().setViewportSize(1_280, 800))) {
            page.route(
                    "**/api/v1/lease-monitor",
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setContentType("application/json")
                            .setBody(monitor)));
            page.navigate(app.uri() + "#/uplinks");
            Locator four = page.locator("[data-client=DHCPv4]");
            assertThat(four.locator("h3 .pill")).hasText("asks its server again");
            assertThat(four.locator("[data-next=renewAt]")).hasCount(0);
            assertThat(four.locator("[data-next=rebindAt]")).containsText("in 1");
            Locator six = page.locator("[data-client=DHCPv6]");
            assertThat(six.locator("h3 .pill")).hasText("asks any server");
            browser.shoot(page, "wan-running-out");
            assertThat(six.locator("h3 .pill"))
                    .hasText("time is up", new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MS));
            noComplaints();
        }
    }

    @Test
    void keysLeadToIt() {
        try (Page page = open(1_280, 800, ColorScheme.LIGHT)) {
            page.keyboard().press("g");
            page.keyboard().press("l");
            assertThat(page.locator("h1")).hasText("Leases");
            page.keyboard().press("g");
            page.keyboard().press("u");
            assertThat(page.locator("h1")).hasText("Uplinks");
            noComplaints();
        }
    }

    @Test
    void withoutAMonitorThereIsNoTab(@TempDir Path other) {
        try (TestingApp without = TestingApp.start(other);
                Page page = browser.open(new Browser.NewContextOptions().setViewportSize(1_280, 800))) {
            page.navigate(without.uri() + "#/uplinks");
            assertThat(page.locator("main")).containsText("No uplink is watched");
            assertThat(page.locator(".tabs a")).hasCount(5);
            noComplaints();
        }
    }
}
