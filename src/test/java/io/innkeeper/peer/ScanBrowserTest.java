package io.innkeeper.peer;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** "Scan now" on the page, with the real service on a network of its own, and the browser there too. */
@Tag("slow")
@Timeout(120)
class ScanBrowserTest {
    private static final String NEW = "02:00:00:00:77:c8";
    private static final int PATIENCE_MS = 20_000;

    /** Nobody is found but by a scan: there is no sweep for days, and a machine that comes says nothing. */
    private static final String ROLL_CALL = """
            arp: {interfaces: [lan], interval: 1d, sweep: 7d, rate: 150, tries: 1, ipv6: false}
            """;

    @Test
    void howFarItIsIsSeenAndWhomItFindsAppearsByItself(@TempDir Path folder) throws Exception {
        try (Namespaces network = Namespaces.create("busybox");
                ServedNetwork served = new ServedNetwork(folder, network, "[]", ROLL_CALL);
                RealBrowser browser = network.atServer(RealBrowser::start);
                Page page = browser.open(new Browser.NewContextOptions().setViewportSize(1_280, 800))) {
            awaitFirstScan(served);
            network.guest(folder, "new", Namespaces.CLIENT_INTERFACE, NEW).take("192.168.77.200/24");
            page.navigate(served.page() + "#/devices");
            assertThat(page.locator(".pill.live")).isVisible(patiently());
            page.evaluate("window.untouched = true");
            Locator row = page.locator("tr.row[data-mac=\"" + NEW + "\"]");
            assertThat(row).hasCount(0);

            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Scan now"))
                    .click();
            assertThat(page.locator(".scan-progress"))
                    .containsText(Pattern.compile("[1-9]\\d* of 253 asked"), inTime());
            Locator bar = page.locator(".scan-progress progress");
            int before = Integer.parseInt(bar.getAttribute("value"));
            assertThat(bar).not().hasAttribute("value", String.valueOf(before));
            browser.shoot(page, "scan-real");

            assertThat(row).isVisible(patiently());
            assertThat(row).containsText("192.168.77.200");
            assertThat(row).containsText("online");
            assertThat(page.locator(".scan [role=status]")).containsText("1 of 253 addresses answered", inTime());
            assertThat(served.deviceEvents(NEW)).containsExactly("device.discovered");
            assertThat(page.evaluate("window.untouched"))
                    .as("the page was never reloaded")
                    .isEqualTo(true);
            assertThat(browser.complaints).isEmpty();
        }
    }

    private static void awaitFirstScan(ServedNetwork served) {
        await("the scan at the start")
                .atMost(ServedNetwork.PATIENCE_S, SECONDS)
                .until(() -> served.rollCall("get_status").path("detail").path("scan"), scan -> done(scan));
    }

    private static boolean done(JsonNode scan) {
        return scan.path("asked").asInt() >= 253 && !scan.path("running").asBoolean(true);
    }

    private static LocatorAssertions.IsVisibleOptions patiently() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MS);
    }

    private static LocatorAssertions.ContainsTextOptions inTime() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MS);
    }
}
