package io.innkeeper.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The Chromium of this machine, without a window, and what it complained about. */
final class RealBrowser implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of(System.getProperty("innkeeper.root", "."), "target", "screenshots");

    /** A browser of the distribution, and one that makes no calls of its own to anywhere. */
    private static final List<String> SWITCHES = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--disable-dev-shm-usage");

    /** Errors and warnings of all pages so far. */
    final List<String> complaints = new CopyOnWriteArrayList<>();

    private final Playwright playwright;
    private final Browser browser;

    private RealBrowser(Path program) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(SWITCHES));
    }

    /** Starts it; skips the test, and says so, where there is none. */
    static RealBrowser start() {
        isThere();
        return new RealBrowser(Path.of(Programs.find("chromium")));
    }

    /** As above, by a script that runs it elsewhere, such as in a namespace. */
    static RealBrowser start(Path script) {
        isThere();
        return new RealBrowser(script);
    }

    private static void isThere() {
        boolean there = Programs.exists("chromium");
        if (!there) {
            System.out.println("SKIPPED: this test needs the program chromium");
        }
        assertThat(there || !"true".equals(System.getenv("CI")))
                .as("chromium is there")
                .isTrue();
        assumeTrue(there, "this test needs the program chromium");
    }

    Page open(Browser.NewContextOptions options) {
        Page page = browser.newContext(options).newPage();
        page.onConsoleMessage(this::hear);
        page.onPageError(error -> complaints.add("page error: " + error));
        return page;
    }

    private void hear(ConsoleMessage message) {
        // A browser counts what its content policy forbids as an error too.
        if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.type() + ": " + message.text() + " at " + message.location());
        }
    }

    void shoot(Page page, String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
