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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees and does of our own DHCP server, in a real browser. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Dhcp4BrowserTest {
    private static final String LAPTOP = "02:00:00:00:00:01";
    private static final int PATIENCE_MS = 10_000;

    private static final String SHADOW = """
            {"since":"2026-11-21T07:00:00Z","messages":{"DISCOVER":{"agreed":3,"differed":1,"unanswered":0}},
             "fields":{"routers":1},"clients":4,"clientsAgreeing":3,"unmatched":0,"forgotten":0,
             "differences":[{"at":"2026-11-21T08:00:00Z","mac":"02:00:00:00:00:07","clientId":null,"hostname":"camera",
              "asked":"DISCOVER","server":"192.168.7.254","real":"OFFER 192.168.7.120","ours":"OFFER 192.168.7.101",
              "fields":[{"field":"routers","real":"192.168.7.254","ours":"192.168.7.1",
               "meaning":"the clients would use another router: write options: {routers: 192.168.7.254}"}]}]}
            """;

    private RealBrowser browser;
    private TestingApp app;
    private TestingDhcpClient clients;

    @BeforeAll
    void start(@TempDir Path folder) {
        browser = RealBrowser.start();
        int port = TestingDhcpClient.freePort();
        TestingApp.write(folder.resolve("innkeeper.yaml"), TestingApp.yaml(folder, """
                dhcp4:
                  listen: 127.0.0.1:%d
                  answer-to-source: true
                  conflict-check: off
                  options: {domain-name: home.arpa}
                  subnets:
                    - prefix: 192.168.7.0/24
                      pools: [192.168.7.100-192.168.7.109]
                      options: {routers: 192.168.7.1}
                      reservations:
                        - {mac: "aa:bb:cc:dd:ee:ff", address: 192.168.7.10, name: nas}
                    - {prefix: 192.168.8.0/24}
                """.formatted(port)));
        app = TestingApp.start(folder);
        clients = new TestingDhcpClient(port, "192.168.7.1");
    }

    @AfterAll
    void stop() {
        if (app != null) {
            clients.close();
            app.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    private static LocatorAssertions.IsVisibleOptions patiently() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MS);
    }

    private Page open(String view, int width, int height, ColorScheme colours) {
        Page page = browser.open(
                new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(colours));
        page.navigate(app.uri() + "#/" + view);
        assertThat(page.locator(".pill.live")).isVisible(patiently());
        return page;
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    /** What Chromium itself says of an answer of 400 is meant; nothing else is. */
    private void noComplaints() {
        assertThat(browser.complaints).allSatisfy(text -> assertThat(text).contains("status of 400"));
        browser.complaints.clear();
    }

    @Test
    void aLeaseIsSeenKeptChangedAndRemoved() {
        String address = clients.lease(LAPTOP, "laptop");
        await().until(() -> app.get("api/v1/leases/" + address).status() == 200);
        try (Page page = open("subnets", 1_280, 1_000, ColorScheme.LIGHT)) {
            Locator pool = page.locator("[data-pool=\"192.168.7.100-192.168.7.109\"]");
            assertThat(pool).isVisible(patiently());
            assertThat(pool).containsText("1 leased");
            assertThat(pool).containsText("9 free");
            assertThat(page.locator(".kept-line")).hasCount(1);
            page.navigate(app.uri() + "#/leases");
            page.locator("tr.row[data-address=\"" + address + "\"] button").click();
            browser.shoot(page, "dhcp4-lease-open");
            button(page, "Reserve this address").click();
            Locator dialog = page.locator("dialog[open]");
            assertThat(dialog.locator("input[name=address]")).hasValue(address);
            assertThat(dialog.locator("input[name=mac]")).hasValue(LAPTOP);
            dialog.locator("input[name=address]").fill("10.0.0.1");
            dialog.locator("input[name=name]").fill("a b");
            page.keyboard().press("Enter");
            assertThat(dialog.locator(".field-error")).hasCount(2);
            assertThat(dialog.locator("input[name=address]")).isFocused();
            browser.shoot(page, "dhcp4-dialog");
            dialog.locator("input[name=address]").fill(address);
            dialog.locator("input[name=name]").fill("laptop");
            page.keyboard().press("Enter");
            assertThat(page.locator("dialog[open]")).hasCount(0);

            page.navigate(app.uri() + "#/subnets");
            Locator kept = page.locator(".kept-line", new Page.LocatorOptions().setHasText(address));
            assertThat(kept).containsText("laptop");
            kept.getByRole(AriaRole.BUTTON).first().click();
            assertThat(dialog.locator("input[name=name]")).hasValue("laptop");
            dialog.locator("summary").click();
            dialog.locator("textarea").fill("ntp-servers = 192.168.7.1\nntp-servers = 192.168.7.2\nrouters = me");
            page.keyboard().press("Tab");
            button(page, "Save").click();
            assertThat(dialog.locator(".field-error")).containsText("routers: me is not an IPv4 address");
            dialog.locator("textarea").fill("ntp-servers = 192.168.7.1\nntp-servers = 192.168.7.2");
            button(page, "Save").click();
            assertThat(page.locator("dialog[open]")).hasCount(0);
            assertThat(kept).containsText("ntp-servers");

            kept.getByRole(AriaRole.BUTTON).last().click();
            page.keyboard().press("Escape");
            assertThat(page.locator("dialog[open]")).hasCount(0);
            kept.getByRole(AriaRole.BUTTON).last().click();
            dialog.getByText("Remove", new Locator.GetByTextOptions().setExact(true))
                    .click();
            assertThat(page.locator(".kept-line")).hasCount(1);
            noComplaints();
        }
    }

    @Test
    void anExplanationNamesAddressAndLines() {
        try (Page page = open("subnets", 1_280, 1_300, ColorScheme.DARK)) {
            page.locator("inn-explain input").fill("aa:bb:cc:dd:ee:ff");
            page.keyboard().press("Enter");
            assertThat(page.locator(".explain-address")).hasText("192.168.7.10");
            assertThat(page.locator(".explain")).containsText("dhcp4.subnets[0].options.routers");
            browser.shoot(page, "dhcp4-explain");
            page.locator("inn-explain input").fill("nonsense");
            page.keyboard().press("Enter");
            assertThat(page.locator("inn-explain .field-error")).hasText("not a hardware address");
            noComplaints();
        }
    }

    @Test
    void aPhoneHasRoomForIt() {
        for (ColorScheme colours : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
            try (Page page = open("subnets", 390, 844, colours)) {
                assertThat(page.locator(".pool").first()).isVisible(patiently());
                page.locator("inn-explain input").fill(LAPTOP);
                page.keyboard().press("Enter");
                assertThat(page.locator(".explain-address")).isVisible(patiently());
                assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                        .isLessThanOrEqualTo(390);
                browser.shoot(page, "dhcp4-phone-explain-" + colours);
                page.evaluate("window.scrollTo(0, 0)");
                browser.shoot(page, "dhcp4-phone-" + colours);
                button(page, "Reserve an address").click();
                browser.shoot(page, "dhcp4-phone-dialog-" + colours);
                noComplaints();
            }
        }
    }

    @Test
    void inShadowModeDifferencesHaveAdvice() {
        try (Page page = browser.open(new Browser.NewContextOptions().setViewportSize(1_280, 800))) {
            page.route(
                    "**/api/v1/config",
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setContentType("application/json")
                            .setBody("{\"config\":{\"dhcp4\":{\"mode\":\"shadow\"}}}")));
            page.route(
                    "**/api/v1/dhcp4/shadow",
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setContentType("application/json")
                            .setBody(SHADOW)));
            page.navigate(app.uri() + "#/subnets");
            Locator report = page.locator(".shadow");
            assertThat(report).isVisible(patiently());
            assertThat(report).containsText("3 of 4 devices would get the same");
            assertThat(report).containsText("OFFER 192.168.7.120");
            assertThat(report.locator(".advice")).containsText("write options: {routers: 192.168.7.254}");
            browser.shoot(page, "dhcp4-shadow");
            noComplaints();
        }
    }

    @Test
    void withoutAServerThereIsNoTab(@TempDir Path other) {
        try (TestingApp without = TestingApp.start(other);
                Page page = browser.open(new Browser.NewContextOptions().setViewportSize(1_280, 800))) {
            page.navigate(without.uri() + "#/subnets");
            assertThat(page.locator("main")).containsText("Innkeeper hands out no addresses");
            assertThat(page.locator(".tabs a")).hasCount(5);
            noComplaints();
        }
    }
}
