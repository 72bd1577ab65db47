package io.innkeeper.peer;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.innkeeper.TestingApp;
import io.innkeeper.TestingDhcpClient;
import io.innkeeper.TestingDns;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The DNS server as a person sees it in a real browser, with real questions by UDP. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DnsBrowserTest {
    private static final String TABLET = "02:00:00:00:00:07";
    private static final String TABLET_ADDRESS = "127.0.0.7";
    private static final String OTHER = "127.0.0.8";
    private static final int PATIENCE_MS = 10_000;
    private static final int NOERROR = 0;
    private static final int NXDOMAIN = 3;

    private RealBrowser browser;
    private TestingDns upstream;
    private TestingApp app;
    private int port;

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
        upstream = TestingDns.start();
        TestingApp.write(folder.resolve("ads.txt"), "||ads.example^\n||example.net/banner.js\n||track.example^\n");
        TestingApp.write(folder.resolve("games.txt"), "play.example\n");
        TestingApp.write(
                folder.resolve("innkeeper.yaml"),
                TestingApp.yaml(
                        folder, upstream.section("""
                block-answer: nxdomain
                block:
                  - {list: %1$s/ads.txt, name: ads}
                  - {list: %1$s/games.txt, name: games}
                  - {list: %1$s/missing.txt, name: missing}
                """.formatted(folder)) + """
                dhcp4: {listen: 127.0.0.1:%d, mode: shadow, subnets: [{prefix: 203.0.113.0/24}]}
                """.formatted(TestingDhcpClient.freePort())));
        app = TestingApp.start(folder);
        port = TestingDns.port(app);
        app.leases(TestingApp.lease(TABLET, TABLET_ADDRESS, "tablet"));
        await().until(() -> app.get("api/v1/dns/explain?name=ads.example&client=" + TABLET_ADDRESS)
                .body()
                .matches(".*\"deviceName\":\"tablet\".*\"step\":\"blocked\".*"));
    }

    @AfterEach
    void stop() {
        app.close();
        upstream.close();
    }

    private Page page(int width, int height, ColorScheme colours) {
        return browser.open(
                new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(colours));
    }

    private Page show(Page page, String place) {
        page.navigate(app.uri() + "#/" + place);
        assertThat(page.locator(".dns-queries .pill.live")).isVisible(patiently());
        return page;
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

    private int ask(String from, String name) {
        return TestingDns.ask(port, from, name).rcode();
    }

    private static Locator row(Page page, String name) {
        return page.locator("tr.row[data-name=\"" + name + "\"]");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private void someQueries() {
        for (int i = 0; i < 30; i++) {
            for (String name :
                    List.of("www.example", "mail.example", "very-long-name-of-a-host.content.delivery.example")) {
                ask(i % 3 == 0 ? OTHER : TABLET_ADDRESS, name);
            }
            ask(TABLET_ADDRESS, i % 2 == 0 ? "pixel.track.example" : "banner.ads.example");
        }
        ask(OTHER, "nowhere.invalid");
    }

    @Test
    void aQueryAppearsAndABlockedOneIsAllowedWithOneClick() {
        try (Page page = page(1_280, 900, ColorScheme.LIGHT)) {
            show(page, "dns");
            assertThat(row(page, "news.example")).hasCount(0);
            ask(TABLET_ADDRESS, "news.example");
            assertThat(row(page, "news.example")).containsText("answered", inTime());
            assertThat(row(page, "news.example")).containsText("tablet");
            assertThat(ask(TABLET_ADDRESS, "shop.ads.example")).isEqualTo(NXDOMAIN);
            Locator blocked = row(page, "shop.ads.example");
            assertThat(blocked)
                    .containsText(
                            "blocked by ads", new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MS));
            blocked.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Allow 1 h"))
                    .click();
            assertThat(page.locator(".dns-said"))
                    .containsText("shop.ads.example is allowed for tablet until", inTime());
            assertThat(blocked).containsText("allowed until", inTime());
            await().until(() -> ask(TABLET_ADDRESS, "shop.ads.example") == NOERROR);
            assertThat(ask(OTHER, "shop.ads.example")).isEqualTo(NXDOMAIN);
            Locator exceptions = page.locator("inn-dns-exceptions");
            assertThat(exceptions).containsText("for tablet", inTime());
            assertThat(exceptions).containsText("59 min");
            exceptions.getByRole(AriaRole.BUTTON).press("Enter");
            assertThat(exceptions).containsText("Nothing now", inTime());
            await().until(() -> ask(TABLET_ADDRESS, "shop.ads.example") == NXDOMAIN);
            assertThat(browser.complaints).isEmpty();
        }
    }

    @Test
    void aListIsSwitchedOffByKeyboard() {
        try (Page page = page(1_280, 900, ColorScheme.DARK)) {
            assertThat(ask(OTHER, "play.example")).isEqualTo(NXDOMAIN);
            show(page, "dns");
            Locator games = page.locator("[data-list=games]");
            Locator knob = games.getByRole(AriaRole.SWITCH);
            assertThat(knob).hasAttribute("aria-checked", "true");
            knob.press("Space");
            assertThat(knob)
                    .hasAttribute(
                            "aria-checked",
                            "false",
                            new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE_MS));
            await().until(() -> ask(OTHER, "play.example") == NOERROR);
            page.reload();
            assertThat(games).containsText("off", inTime());
            assertThat(page.locator("[data-list=missing]")).containsText("Cannot be fetched", inTime());
            assertThat(page.locator("[data-list=ads] summary")).containsText("1 line was not taken");
            assertThat(browser.complaints).isEmpty();
        }
    }

    @Test
    void whyFiltersAndPause() {
        someQueries();
        try (Page page = page(1_280, 900, ColorScheme.LIGHT)) {
            show(page, "dns");
            assertThat(row(page, "nowhere.invalid")).containsText("NXDOMAIN", inTime());
            button(page, "Blocked only").click();
            assertThat(page.locator("tr.dns-is-cached")).hasCount(0, soon());
            assertThat(page.locator("tr.dns-is-blocked")).not().hasCount(0, soon());
            button(page, "Blocked only").click();
            page.locator("[data-search]").fill("MAIL");
            assertThat(row(page, "www.example")).hasCount(0, soon());
            assertThat(row(page, "mail.example")).not().hasCount(0, soon());
            assertThat(page).hasURL(java.util.regex.Pattern.compile("name=MAIL"));
            page.locator("[data-search]").fill("");
            page.locator("select").selectOption("device " + TABLET);
            assertThat(row(page, "nowhere.invalid")).hasCount(0, soon());
            assertThat(row(page, "banner.ads.example").first()).isVisible(patiently());
            page.keyboard().press("Escape");
            page.locator("h1").focus();
            page.keyboard().press("j");
            page.keyboard().press("Enter");
            assertThat(page.locator(".row-more")).containsText("Blocked by the list ads", inTime());
            assertThat(page.locator(".row-more")).containsText("||ads.example^");
            browser.shoot(page, "dns-why");
            page.keyboard().press("Escape");
            assertThat(page.locator(".row-more")).hasCount(0);
            button(page, "Pause").click();
            ask(TABLET_ADDRESS, "later.example");
            assertThat(button(page, "Resume (1 new)")).isVisible(patiently());
            assertThat(row(page, "later.example")).hasCount(0);
            button(page, "Resume").click();
            assertThat(row(page, "later.example")).isVisible();
            page.navigate(app.uri() + "#/devices/" + TABLET);
            page.getByText("What it asks the DNS server").click();
            assertThat(page.locator("select")).hasValue("device " + TABLET);
            assertThat(row(page, "later.example")).isVisible(patiently());
            assertThat(browser.complaints).isEmpty();
        }
    }

    @Test
    void chartAndTopLists() {
        someQueries();
        try (Page page = page(1_280, 1_000, ColorScheme.LIGHT)) {
            show(page, "dns");
            assertThat(page.locator(".dns-key")).containsText("from cache 87", inTime());
            assertThat(page.locator(".dns-key")).containsText("blocked 30");
            assertThat(page.locator(".count")).containsText("121 queries in the last 24 hours, 25 % blocked");
            assertThat(page.locator(".dns-bars .dns-part-blocked").first()).isAttached();
            assertThat(page.locator(".dns-top").first()).containsText("www.example");
            assertThat(page.locator(".dns-top").nth(1)).containsText("pixel.track.example");
            assertThat(page.locator(".dns-top").nth(2)).containsText("tablet");
            browser.shoot(page, "dns");
            page.locator("inn-dns-exceptions").scrollIntoViewIfNeeded();
            browser.shoot(page, "dns-lists");
            button(page, "Hour").click();
            assertThat(page.locator(".count")).containsText("in the last hour", inTime());
            page.locator(".dns-top").nth(1).getByText("pixel.track.example").click();
            assertThat(page.locator("[data-search]")).hasValue("pixel.track.example");
            assertThat(page.locator("tr.row")).hasCount(15, soon());
            assertThat(browser.complaints).isEmpty();
        }
    }

    @Test
    void thePageFitsAPhone() {
        someQueries();
        for (int width : List.of(360, 390, 768, 900, 1_024, 1_180)) {
            try (Page page = page(width, 844, width == 390 ? ColorScheme.DARK : ColorScheme.LIGHT)) {
                show(page, "dns");
                row(page, "banner.ads.example")
                        .first()
                        .locator("button")
                        .first()
                        .click();
                assertThat(page.locator(".row-more")).containsText("Blocked by the list ads", inTime());
                assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                        .isLessThanOrEqualTo(width);
                assertThat(page.locator(".tabs a")).hasCount(7);
                assertThat(
                                (Boolean)
                                        page.evaluate(
                                                "[...document.querySelectorAll('.tabs a')].every((a) => a.scrollWidth <= a.clientWidth + 1)"))
                        .as("the names of the tabs fit at %d", width)
                        .isTrue();
                browser.shoot(page, "dns-top-" + width);
                button(page, "Show older").click();
                assertThat(page.locator("tr.row").nth(60)).isAttached();
                page.locator("inn-dns-lists").scrollIntoViewIfNeeded();
                browser.shoot(page, "dns-end-" + width);
                assertThat(browser.complaints).isEmpty();
            }
        }
    }

    @Test
    void withoutTheServerThePageSaysHowToHaveIt(@TempDir Path empty) {
        try (TestingApp other = TestingApp.start(empty);
                Page page = page(390, 844, ColorScheme.LIGHT)) {
            page.navigate(other.uri() + "#/dns");
            assertThat(page.locator(".empty"))
                    .containsText("A section dns in the configuration switches it on", inTime());
            assertThat(page.locator("inn-dns-queries")).hasCount(0);
            assertThat(page.locator(".tabs a").filter(new Locator.FilterOptions().setHasText("DNS")))
                    .hasCount(0);
            assertThat(browser.complaints).isEmpty();
        }
    }
}
