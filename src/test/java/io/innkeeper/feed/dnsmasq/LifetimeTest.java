package io.innkeeper.feed.dnsmasq;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.net.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a lease is granted follows from its range, and only where nothing can contradict it. */
class LifetimeTest {
    @TempDir
    Path folder;

    private Optional<Duration> lifetime(String address, String... lines) throws IOException {
        Path file = Files.write(folder.resolve("dnsmasq.conf"), List.of(lines));
        DnsmasqSetup setup = new DnsmasqConfigReader(folder.resolve("ethers"), folder).read(List.of(file));
        return setup.lifetimeOf(IpAddress.parse(address).orElseThrow());
    }

    @Test
    void isThatOfTheRange() throws IOException {
        assertThat(lifetime("192.168.1.60", "dhcp-range=192.168.1.50,192.168.1.99,12h"))
                .contains(Duration.ofHours(12));
        assertThat(lifetime("fd00::60", "dhcp-range=fd00::50,fd00::99,64,2h")).contains(Duration.ofHours(2));
    }

    @Test
    void isThatOfTheNetworkForAnAddressOutsideItsRanges() throws IOException {
        assertThat(lifetime("192.168.1.10", "dhcp-range=192.168.1.50,192.168.1.99,255.255.255.0,12h"))
                .contains(Duration.ofHours(12));
        assertThat(lifetime(
                        "192.168.1.10",
                        "dhcp-range=192.168.1.50,192.168.1.99,255.255.255.0,12h",
                        "dhcp-range=192.168.1.150,192.168.1.199,255.255.255.0,1h"))
                .as("the ranges of its network disagree")
                .isEmpty();
    }

    @Test
    void isUnknownOutsideAllRangesOrWhereTheRangeSaysNothing() throws IOException {
        assertThat(lifetime("192.168.1.10", "dhcp-range=192.168.1.50,192.168.1.99,12h"))
                .isEmpty();
        assertThat(lifetime("192.168.1.60", "dhcp-range=192.168.1.50,192.168.1.99"))
                .isEmpty();
        assertThat(lifetime("192.168.1.60", "dhcp-range=192.168.1.50,192.168.1.99,infinite"))
                .isEmpty();
    }

    @Test
    void isUnknownWhereAHostHasATimeOfItsOwn() throws IOException {
        assertThat(lifetime(
                        "192.168.1.60",
                        "dhcp-range=192.168.1.50,192.168.1.99,12h",
                        "dhcp-host=aa:bb:cc:dd:ee:ff,192.168.1.60,45m"))
                .isEmpty();
    }
}
