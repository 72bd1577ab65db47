package io.innkeeper.peer;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.innkeeper.StartException;
import io.innkeeper.peer.EventTape.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees: leases of a real dnsmasq come and go in a real browser without a reload. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserTest {
    private static final String LAPTOP = "02:00:00:00:00:01";
    private static final String PHONE = "02:00:00:00:00:02";
    private static final int MANY = 450;
    private static final int PATIENCE_MS = 10_000;
    private static final List<String> VIEWS = List.of("leases", "devices", "map", "events", "services", "help");

    private List<String> complaints;
    private RealBrowser browser;

    @BeforeAll
    void startBrowser() {
        browser = RealBrowser.start();
        complaints = browser.complaints;
    }

    @AfterAll
    void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    private Page open(Browser.NewContextOptions options) {
        return browser.open(options);
    }

    private void shoot(Page page, String name) {
        browser.shoot(page, name);
    }

    private static LocatorAssertions.IsVisibleOptions patiently() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MS);
    }

    private static LocatorAssertions.HasTextOptions soon() {
        return new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MS);
    }

    private static Locator row(Page page, String mac) {
        return page.locator("tr.row", new Page.LocatorOptions().setHasText(mac));
    }

    @Test
    void leasesComeAndGoWithoutReload(@TempDir Path folder) throws IOException, StartException, InterruptedException {
        try (WatchedNetwork watched = new WatchedNetwork(folder, "dhcp-host=" + PHONE + ",192.168.77.50,phone");
                Udhcpc laptop = watched.udhcpc("laptop", LAPTOP);
                Udhcpc phone = watched.udhcpc("phone", PHONE);
                Page page = open(new Browser.NewContextOptions().setViewportSize(1_280, 800))) {
            page.navigate(watched.app().uri().toString());
            assertThat(page.locator(".pill.live")).isVisible(patiently());
            page.evaluate("window.untouched = true");

            phone.obtain("phone");
            laptop.stay("my-laptop");
            assertThat(page.locator("tr.row[data-address=\"192.168.77.50\"]")).isVisible(patiently());
            Locator row = row(page, LAPTOP);
            assertThat(row).isVisible(patiently());
            assertThat(row).containsText("my-laptop");
            assertThat(page.locator("tr.row")).hasCount(2);
            shoot(page, "leases");

            row.getByRole(AriaRole.BUTTON).first().click();
            assertThat(page.locator("tr.row-more")).isVisible(patiently());
            shoot(page, "lease-open");

            laptop.release();
            assertThat(row.locator(":not(.row-gone)"))
                    .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MS));
            assertThat(page.evaluate("window.untouched"))
                    .as("the page was never reloaded")
                    .isEqualTo(true);
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void aPhoneInTheDarkHasRoomForEverything(@TempDir Path folder)
            throws IOException, StartException, InterruptedException {
        try (WatchedNetwork watched = new WatchedNetwork(folder);
                Udhcpc laptop = watched.udhcpc("laptop", LAPTOP);
                Dhclient six = watched.dhclient(6, "phone", PHONE);
                Page page = open(new Browser.NewContextOptions()
                        .setViewportSize(360, 740)
                        .setHasTouch(true)
                        .setColorScheme(ColorScheme.DARK))) {
            laptop.obtain("a-laptop-with-a-name-as-long-as-names-may-be-in-the-dns-0123456");
            six.stay("phone");
            watched.next("lease.added");
            watched.next("lease.added");
            for (String view : VIEWS) {
                page.navigate(watched.app().uri() + "#/" + view);
                assertThat(page.locator("main h1")).isVisible(patiently());
                assertThat(page.locator(".pill.live")).isVisible(patiently());
                if (view.equals("leases") || view.equals("devices")) {
                    assertThat(page.locator("tr.row")).hasCount(2);
                }
                shoot(page, "small-" + view);
                assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                        .as("the width of %s", view)
                        .isLessThanOrEqualTo(360);
            }
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void aCutStreamIsSaidAndHealsByItself(@TempDir Path folder)
            throws IOException, StartException, InterruptedException {
        try (WatchedNetwork watched = new WatchedNetwork(folder);
                Udhcpc laptop = watched.udhcpc("laptop", LAPTOP);
                Page page = open(new Browser.NewContextOptions().setViewportSize(1_280, 800))) {
            page.navigate(watched.app().uri().toString());
            assertThat(page.locator(".pill.live")).isVisible(patiently());
            page.evaluate("window.untouched = true");

            watched.restartInnkeeper(() -> {
                assertThat(page.locator(".pill.cut")).isVisible(patiently());
                assertThat(page.locator("inn-stream-banner"))
                        .containsText("cut", new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MS));
                assertThat(page.locator("inn-stream-banner")).not().containsText("Too many");
                screenshotOfTheCut(page);
                obtain(laptop);
            });

            assertThat(page.locator(".pill.live"))
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(40_000));
            assertThat(page.locator("inn-stream-banner .banner")).hasCount(0);
            assertThat(row(page, LAPTOP)).isVisible(patiently());
            assertThat(page.evaluate("window.untouched")).isEqualTo(true);
            // That nobody answered, or that it was stopping, is a fact, and the browser itself says it aloud.
            assertThat(complaints).allSatisfy(text -> assertThat(text).containsAnyOf("net::ERR_", "status of 503"));
        } finally {
            complaints.clear();
        }
    }

    @Test
    void aLeaseThatComesWhileTheListIsReadIsNotLost(@TempDir Path folder)
            throws IOException, StartException, InterruptedException {
        try (WatchedNetwork watched = new WatchedNetwork(folder);
                Udhcpc laptop = watched.udhcpc("laptop", LAPTOP);
                Udhcpc phone = watched.udhcpc("phone", PHONE);
                Page page = open(new Browser.NewContextOptions())) {
            phone.obtain("phone");
            watched.next("lease.added");
            List<Route> held = new CopyOnWriteArrayList<>();
            page.route("**/api/v1/leases?*", held::add);
            page.navigate(watched.app().uri().toString());
            assertThat(page.locator(".pill.live")).isVisible(patiently());
            page.waitForCondition(() -> !held.isEmpty());
            Route route = held.getFirst();
            APIResponse answer = route.fetch();
            laptop.obtain("laptop");
            assertThat(watched.next("lease.added").lease("mac")).isEqualTo(LAPTOP);
            assertThat(page.locator(".glance .figure-value").first()).hasText("2", soon());
            route.fulfill(new Route.FulfillOptions().setResponse(answer));
            assertThat(row(page, PHONE)).isVisible(patiently());
            assertThat(row(page, LAPTOP)).isVisible(patiently());
            assertThat(page.locator(".count")).hasText("2 leases", soon());
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void theCountStaysRightWhereNotAllLeasesAreLoaded(@TempDir Path folder)
            throws IOException, StartException, InterruptedException {
        try (WatchedNetwork watched = new WatchedNetwork(folder);
                Page page = open(new Browser.NewContextOptions().setViewportSize(1_280, 800))) {
            watched.dnsmasq.stop();
            Path file = watched.dnsmasq.leases();
            List<String> lines = new ArrayList<>();
            long end = Instant.now().getEpochSecond() + 40_000;
            for (int i = 0; i < MANY; i++) {
                lines.add(
                        "%d 02:00:00:00:%02x:%02x 192.168.%d.%d * *".formatted(end, i >> 8, i & 255, i >> 7, i & 127));
            }
            Files.write(file, lines);
            for (int i = 0; i < MANY; i++) {
                watched.next("lease.added");
            }
            page.navigate(watched.app().uri().toString());
            Locator count = page.locator(".count");
            assertThat(count).hasText(MANY + " leases", soon());
            assertThat(page.locator("tr.row")).hasCount(200);

            // The last one is renewed, far below what is loaded; then it goes; then another comes.
            String last = lines.removeLast();
            lines.add(last.replaceFirst("^[0-9]+", String.valueOf(end + 500)));
            Files.write(file, lines);
            shownAfter(page, watched.next("lease.renewed"));
            assertThat(count).hasText(MANY + " leases", soon());
            lines.removeLast();
            Files.write(file, lines);
            shownAfter(page, watched.next("lease.released"));
            assertThat(count).hasText(MANY - 1 + " leases", soon());
            lines.add(last);
            Files.write(file, lines);
            shownAfter(page, watched.next("lease.added"));
            assertThat(count).hasText(MANY + " leases", soon());
            assertThat(complaints).isEmpty();
        }
    }

    /** Waits until the page has taken this event in. */
    private static void shownAfter(Page page, Told told) {
        page.waitForCondition(
                () -> Long.parseLong(page.locator(".pill-number").textContent().substring(1)) >= told.number());
    }

    private void screenshotOfTheCut(Page page) {
        shoot(page, "cut");
    }

    private static void obtain(Udhcpc client) {
        try {
            client.obtain("laptop");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
