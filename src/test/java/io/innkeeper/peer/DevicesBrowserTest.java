package io.innkeeper.peer;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.innkeeper.TestingApp;
import io.innkeeper.TestingDhcpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who is there, as a person sees it in a real browser: presence, what is new, links, the map of a network. The network is one
 * that this machine is not in (RFC 5737).
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DevicesBrowserTest {
    private static final String NAS = "00:11:32:00:00:01";
    private static final String PHONE = "02:00:00:00:00:07";
    private static final String PHONE_LATER = "06:00:00:00:00:08";
    private static final int PATIENCE_MS = 10_000;

    /** A page that was looked at an hour ago for the last time. */
    private static final String LAST_VISIT = """
            if (!sessionStorage.getItem('set')) {
              sessionStorage.setItem('set', 'yes');
              localStorage.setItem('innkeeper.visit', JSON.stringify({since: 0, active: Date.now() - 3600000}));
            }
            """;

    private RealBrowser browser;
    private TestingApp app;

    @BeforeAll
    void startBrowser() {
        browser = RealBrowser.start();
    }

    @AfterAll
    void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void start(@TempDir Path folder) {
        TestingApp.write(
                folder.resolve("innkeeper.yaml"), TestingApp.yaml(folder, """
                dhcp4:
                  listen: 127.0.0.1:%d
                  mode: shadow
                  subnets:
                    - prefix: 203.0.113.0/24
                      pools: [203.0.113.200-203.0.113.209]
                      reservations: [{mac: "02:00:00:00:00:99", address: 203.0.113.60, name: spare}]
                """.formatted(TestingDhcpClient.freePort())));
        TestingApp.write(folder.resolve("dnsmasq.conf"), """
                dhcp-range=203.0.113.100,203.0.113.250,255.255.255.0,12h
                dhcp-host=00:11:32:00:00:01,203.0.113.2,nas
                """);
        app = TestingApp.start(folder);
    }

    @AfterEach
    void stop() {
        app.close();
    }

    /** The lease of somebody who asked just now: one of twelve hours. */
    private static String fresh(String mac, String address, String name) {
        return Instant.now().plus(Duration.ofHours(12)).getEpochSecond() + " " + mac + " " + address + " " + name
                + " *\n";
    }

    private static String nas() {
        return TestingApp.lease(NAS, "203.0.113.2", "nas");
    }

    private static String printer() {
        return TestingApp.lease("00:11:32:00:00:02", "203.0.113.3", "printer");
    }

    private static LocatorAssertions.IsVisibleOptions patiently() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MS);
    }

    private static LocatorAssertions.HasCountOptions soon() {
        return new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MS);
    }

    private static LocatorAssertions.ContainsTextOptions inTime() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MS);
    }

    private Page page(int width, int height, ColorScheme colours) {
        return browser.open(
                new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(colours));
    }

    private Page show(Page page, String place) {
        page.navigate(app.uri() + "#/" + place);
        assertThat(page.locator(".pill.live")).isVisible(patiently());
        return page;
    }

    private static Locator row(Page page, String mac) {
        return page.locator("tr.row[data-mac=\"" + mac + "\"]");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    @Test
    void whoIsThereIsSeenAndFiltered() {
        try (Page page = page(1_280, 900, ColorScheme.LIGHT)) {
            app.leases(nas());
            show(page, "devices");
            assertThat(row(page, NAS)).containsText("idle", inTime());
            app.leases(nas(), fresh(PHONE, "203.0.113.107", "ninas-phone"));
            assertThat(row(page, PHONE)).containsText("online", inTime());
            browser.shoot(page, "devices-presence");

            button(page, "Online").click();
            assertThat(page.locator("tr.row")).hasCount(1, soon());
            assertThat(row(page, PHONE)).isVisible();
            button(page, "All").click();
            button(page, "Static").click();
            assertThat(page.locator("tr.row")).hasCount(1, soon());
            assertThat(row(page, NAS)).isVisible();
            assertThat(page.locator(".count")).hasText("1 match");
            button(page, "Static").click();
            assertThat(page.locator("tr.row")).hasCount(2, soon());

            app.send("PATCH", "api/v1/devices/" + NAS, "{\"name\":\"The store\"}");
            button(page, "Unknown").click();
            assertThat(page.locator("tr.row")).hasCount(1, soon());
            assertThat(row(page, PHONE)).isVisible();
            page.reload();
            assertThat(page.locator("tr.row")).hasCount(1, soon());
            assertThat(button(page, "Unknown")).hasAttribute("aria-pressed", "true");
            assertThat(browser.complaints).isEmpty();
        }
    }

    @Test
    void whatIsNewSinceTheLastVisitStandsOut() {
        try (Page page = page(1_280, 900, ColorScheme.DARK)) {
            page.addInitScript(LAST_VISIT);
            app.leases(nas());
            show(page, "devices");
            assertThat(page.locator(".newcomers")).containsText("1 new device since your last visit", inTime());
            assertThat(row(page, NAS).locator(".badge.new")).isVisible();
            button(page, "Seen").click();
            assertThat(page.locator(".newcomers")).hasCount(0);
            assertThat(row(page, NAS).locator(".badge.new")).hasCount(0, soon());
            app.leases(nas(), fresh(PHONE, "203.0.113.107", "ninas-phone"));
            assertThat(row(page, PHONE).locator(".badge.new")).isVisible(patiently());
            assertThat(page.locator(".newcomers")).containsText("1 new device", inTime());
            browser.shoot(page, "devices-new");
            button(page, "New").click();
            assertThat(page.locator("tr.row")).hasCount(1, soon());
            assertThat(row(page, PHONE)).isVisible();
            assertThat(browser.complaints).isEmpty();
        }
    }

    @Test
    void aLinkIsConfirmedAndTakenBack() {
        try (Page page = page(1_280, 1_100, ColorScheme.LIGHT)) {
            app.leases(fresh(PHONE, "203.0.113.107", "ninas-phone"), nas(), printer());
            await().until(() -> app.get("api/v1/devices/" + PHONE).status() == 200);
            show(page, "devices/" + PHONE);
            page.locator("input[name=name]").fill("Nina");
            button(page, "Save").click();
            assertThat(page.locator("form.words [role=status]")).hasText("Saved.");
            assertThat(page.locator("inn-timeline .timeline-here")).hasCount(1, soon());
            page.navigate(app.uri() + "#/devices");
            assertThat(row(page, PHONE)).containsText("203.0.113.107", inTime());
            app.leases(nas(), printer());
            assertThat(row(page, PHONE)).containsText("none now", inTime());
            app.leases(fresh(PHONE_LATER, "203.0.113.108", "ninas-phone"), nas(), printer());
            assertThat(row(page, PHONE_LATER)).containsText("the same as another?", inTime());
            row(page, PHONE_LATER).locator("a").first().press("Enter");
            Locator link = page.locator("inn-device-link");
            assertThat(link).containsText("It may be Nina", inTime());
            assertThat(link).containsText("the same host name");
            browser.shoot(page, "device-link");
            button(page, "Yes, the same").press("Enter");
            assertThat(page.locator("h1")).hasText("Nina");
            assertThat(link).containsText("You said that this is Nina");
            button(page, "No, it is another one").click();
            assertThat(link.locator("section")).hasCount(0, soon());
            assertThat(page.locator("h1")).hasText("ninas-phone");
            assertThat(browser.complaints).isEmpty();
        }
    }

    @Test
    void aDeviceThatCannotBeWokenSaysWhy() {
        try (Page page = page(390, 844, ColorScheme.LIGHT)) {
            app.leases(nas());
            show(page, "devices/" + NAS);
            button(page, "Wake it up").click();
            assertThat(page.locator("inn-wake [role=status]"))
                    .containsText("203.0.113.2 is in no network of this machine", inTime());
            page.route(
                    "**/wake",
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setContentType("application/json")
                            .setBody("{\"mac\":\"" + NAS + "\",\"sentTo\":[\"203.0.113.255\"]}")));
            button(page, "Wake it up").click();
            assertThat(page.locator("inn-wake [role=status]")).containsText("went to 203.0.113.255");
            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(390);
            assertThat(browser.complaints).allSatisfy(text -> assertThat(text).contains("status of 409"));
            browser.complaints.clear();
        }
    }

    @Test
    void theMapTellsWhoIsWhereWithoutAMouse() {
        app.leases(nas(), fresh(PHONE, "203.0.113.107", "ninas-phone"));
        try (Page page = page(1_280, 900, ColorScheme.LIGHT)) {
            show(page, "map?prefix=203.0.113.0%2F24");
            Locator nas = page.locator("[data-address=\"203.0.113.2\"]");
            assertThat(nas)
                    .hasClass(
                            Pattern.compile("map-idle"),
                            new LocatorAssertions.HasClassOptions().setTimeout(PATIENCE_MS));
            Locator phone = page.locator("[data-address=\"203.0.113.107\"]");
            assertThat(phone).hasClass(Pattern.compile("map-online"));
            assertThat(phone).hasAttribute("title", "203.0.113.107, ninas-phone, online, " + PHONE);
            assertThat(page.locator("[data-address=\"203.0.113.60\"]")).hasClass(Pattern.compile("map-reserved"));
            assertThat(page.locator(".map .map-pool")).hasCount(10);
            assertThat(page.locator(".map > *")).hasCount(256);
            phone.hover();
            assertThat(page.locator(".map-teller")).containsText("ninas-phone");
            browser.shoot(page, "map");

            page.locator("select").first().focus();
            page.keyboard().press("Tab");
            assertThat(nas).isFocused();
            page.keyboard().press("ArrowRight");
            assertThat(page.locator("[data-address=\"203.0.113.60\"]")).isFocused();
            assertThat(page.locator(".map-teller")).containsText("spare");
            page.keyboard().press("ArrowDown");
            assertThat(phone).isFocused();
            page.keyboard().press("Enter");
            assertThat(phone).hasAttribute("aria-pressed", "true");
            page.keyboard().press("Tab");
            page.keyboard().press("Enter");
            assertThat(page.locator("h1")).hasText("ninas-phone");
            page.keyboard().press("g");
            page.keyboard().press("m");
            assertThat(page.locator("h1")).hasText("Map");
            assertThat(browser.complaints).isEmpty();
        }
    }

    @Test
    void theMapIsLiveAndFitsAPhone() {
        app.leases(nas());
        try (Page page = page(390, 844, ColorScheme.DARK)) {
            show(page, "map?prefix=203.0.113.0%2F24");
            assertThat(page.locator(".map-idle")).not().hasCount(0, soon());
            app.leases(nas(), fresh(PHONE, "203.0.113.107", "ninas-phone"));
            Locator phone = page.locator("[data-address=\"203.0.113.107\"]");
            assertThat(phone).isVisible(patiently());
            phone.click();
            assertThat(page.locator(".map-teller")).containsText("ninas-phone");
            browser.shoot(page, "map-phone");
            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(390);
            show(page, "map?prefix=203.0.112.0%2F20");
            assertThat(page.locator(".map > *")).hasCount(4_096, soon());
            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(390);
            assertThat(browser.complaints).isEmpty();
        }
    }

    @Test
    void aScanIsAskedForAndShowsHowFarItIs() {
        app.leases(nas());
        try (Page page = page(1_280, 800, ColorScheme.LIGHT)) {
            show(page, "devices");
            assertThat(row(page, NAS)).isVisible(patiently());
            assertThat(page.locator("inn-scan button")).hasCount(0);
            page.route(
                    "**/api/v1/services",
                    route -> route.fulfill(
                            json("{\"items\":[{\"name\":\"arp\",\"state\":\"running\"}],\"next\":null}")));
            AtomicInteger asked = new AtomicInteger();
            page.route("**/api/v1/services/arp/commands", route -> {
                boolean status = route.request().postData().contains("get_status");
                int done = status ? asked.addAndGet(120) : 0;
                route.fulfill(json("""
                        {"status":"success","message":null,
                         "data":{"detail":{"scan":{"running":%b,"asked":%d,"addresses":254,"found":7}}}}""".formatted(done < 254, done)));
            });
            page.reload();
            button(page, "Scan now").press("Enter");
            assertThat(page.locator(".scan-progress")).containsText("120 of 254 asked, 7 found", inTime());
            browser.shoot(page, "scan");
            assertThat(page.locator(".scan [role=status]")).containsText("7 of 254 addresses answered", inTime());
            assertThat(button(page, "Scan now")).isEnabled();
            assertThat(browser.complaints).isEmpty();
        }
    }

    private static Route.FulfillOptions json(String body) {
        return new Route.FulfillOptions().setContentType("application/json").setBody(body);
    }
}
