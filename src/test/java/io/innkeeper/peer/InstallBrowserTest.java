package io.innkeeper.peer;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.innkeeper.TestingApp;
import io.innkeeper.TestingDhcpClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device is marked for installation on the page, boots, and is done. */
@Tag("slow")
class InstallBrowserTest {
    private static final String SERVER = "02:00:00:00:00:31";

    @TempDir
    private Path folder;

    @Test
    void aDeviceIsMarkedServedAndDone() {
        int port = TestingDhcpClient.freePort();
        TestingApp.write(folder.resolve("innkeeper.yaml"), TestingApp.yaml(folder, """
                dhcp4:
                  listen: 127.0.0.1:%d
                  answer-to-source: true
                  conflict-check: off
                  subnets: [{prefix: 203.0.113.0/24, pools: [203.0.113.100-203.0.113.109]}]
                install:
                  profiles:
                    debian:
                      next-server: 203.0.113.9
                      files: {bios: debian/pxelinux.0, efi-x64: debian/grubx64.efi}
                      ipxe: http://203.0.113.9/debian.ipxe
                    memtest: {files: {bios: memtest.0}, ends: confirmed}
                """.formatted(port)));
        TestingApp.write(folder.resolve("dnsmasq.leases"), TestingApp.lease(SERVER, "192.168.1.50", "server"));
        try (RealBrowser browser = RealBrowser.start();
                TestingApp app = TestingApp.start(folder);
                TestingDhcpClient machine = new TestingDhcpClient(port, "203.0.113.1")) {
            Page page = browser.open(new Browser.NewContextOptions().setViewportSize(1280, 900));
            page.navigate(app.uri() + "#/devices/" + SERVER);
            Locator card = page.locator("inn-install");
            button(card, "Install…").click();
            card.locator("select").selectOption("debian");
            browser.shoot(page, "install-form-1280");
            button(card, "Mark it for installation").click();
            assertThat(card).containsText("When it boots from the network the next time");
            assertThat(card).containsText("marked debian");
            machine.boot(SERVER, 7);
            assertThat(card).containsText("It was told what to boot");
            assertThat(card).containsText("dhcp4: debian/grubx64.efi (pxe, efi-x64)");
            browser.shoot(page, "install-served-1280");
            page.setViewportSize(390, 844);
            card.scrollIntoViewIfNeeded();
            browser.shoot(page, "install-served-390");
            assertThat(page.evaluate("document.documentElement.scrollWidth"))
                    .as("nothing sticks out on a telephone")
                    .isEqualTo(390);
            button(card, "It is done").click();
            assertThat(card).containsText("Last: debian, ended");
            button(card, "Install…").click();
            browser.shoot(page, "install-form-390");
            page.navigate(app.uri() + "#/events");
            assertThat(page.locator("main")).containsText(SERVER + " is marked for installation: debian");
            assertThat(browser.complaints).isEmpty();
        }
    }

    private static Locator button(Locator card, String name) {
        return card.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
    }
}
