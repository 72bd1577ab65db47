package io.innkeeper.feed.dnsmasq;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.dnsmasq.ConfigProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DnsmasqConfigReaderTest {
    private Path folder = Path.of("unset");

    @BeforeEach
    void useFolder(@TempDir Path temporary) {
        folder = temporary;
    }

    private Path write(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        return Files.writeString(file, String.join("\n", lines) + "\n");
    }

    private DnsmasqSetup read(Path... start) {
        return new DnsmasqConfigReader(folder.resolve("ethers"), folder.resolve("cwd")).read(List.of(start));
    }

    private static List<String> names(DnsmasqSetup setup) {
        return setup.reservations().stream()
                .map(reservation -> String.valueOf(reservation.host().name()))
                .toList();
    }

    private List<String> reasons(DnsmasqSetup setup) {
        return setup.problems().stream()
                .map(problem -> problem.toString().replace(folder + "/", ""))
                .toList();
    }

    @Test
    void everyDirectiveOfInterest() throws IOException {
        Path start = write(
                "dnsmasq.conf",
                "interface=eth0",
                "domain=home.arpa,192.168.0.0/24",
                "dhcp-range=192.168.0.50,192.168.0.150,255.255.255.0,12h",
                "dhcp-host=11:22:33:44:55:66,nas,192.168.0.2",
                "dhcp-leasefile=/var/lib/misc/other.leases",
                "dhcp-script=/usr/local/bin/notify",
                "dhcp-option=3,192.168.0.1",
                "address=/example/127.0.0.1");
        DnsmasqSetup setup = read(start);
        assertThat(setup.problems()).isEmpty();
        assertThat(names(setup)).containsExactly("nas");
        assertThat(setup.reservations().getFirst().where())
                .isEqualTo(start + ":4: dhcp-host=11:22:33:44:55:66,nas,192.168.0.2");
        assertThat(setup.ranges()).hasSize(1);
        assertThat(setup.ranges().getFirst().where()).startsWith(start + ":3: dhcp-range=");
        assertThat(setup.leaseFiles()).containsExactly(Path.of("/var/lib/misc/other.leases"));
        assertThat(setup.scripts()).containsExactly(Path.of("/usr/local/bin/notify"));
        assertThat(setup.domains()).containsExactly("home.arpa,192.168.0.0/24");
        assertThat(setup.watched()).containsExactly(start);
    }

    @Test
    void includesInOrder() throws IOException {
        write("more.conf", "dhcp-host=two,1.0.0.2");
        Path start =
                write("dnsmasq.conf", "dhcp-host=one,1.0.0.1", "conf-file=" + folder + "/more.conf", "dhcp-host=three");
        DnsmasqSetup setup = read(start);
        assertThat(names(setup)).containsExactly("one", "two", "three");
        assertThat(setup.watched()).containsExactly(start, folder.resolve("more.conf"));
    }

    @Test
    void aDirectoryWithExcludedSuffixes() throws IOException {
        for (String name : List.of("b", "a.conf", "c.bak", ".hidden", "d~", "#e#", "#f", ".bak", "g.old")) {
            write("d/" + name, "dhcp-host=" + name.replaceAll("[^a-z]", ""));
        }
        Files.createDirectory(folder.resolve("d/sub"));
        Path start = write("dnsmasq.conf", "conf-dir=" + folder + "/d, .bak,.old");
        DnsmasqSetup setup = read(start);
        assertThat(names(setup)).containsExactly("f", "aconf", "b");
        assertThat(setup.watched()).contains(folder.resolve("d"), folder.resolve("d/b"));
        assertThat(setup.problems()).isEmpty();
    }

    @Test
    void aDirectoryWithIncludedSuffixes() throws IOException {
        for (String name : List.of("b", "a.conf", "c.cfg", "d.conf~", "e.conf.bak")) {
            write("d/" + name, "dhcp-host=" + name.charAt(0));
        }
        assertThat(names(read(write("one.conf", "conf-dir=" + folder + "/d/,*.conf"))))
                .containsExactly("a");
        assertThat(names(read(write("two.conf", "conf-dir=" + folder + "/d/,*.conf,*.cfg"))))
                .containsExactly("a", "c");
        assertThat(names(read(write("three.conf", "conf-dir=" + folder + "/d/,*"))))
                .containsExactly("a", "b", "c", "e");
    }

    @Test
    void aStartDirectoryAsDebianGivesIt() throws IOException {
        write("d/lan", "dhcp-host=lan");
        write("d/lan.dpkg-old", "dhcp-host=old");
        assertThat(names(read(folder.resolve("d")))).containsExactly("lan");
    }

    @Test
    void hostsFilesComeLastWhereverTheyAreNamed() throws IOException {
        write("hosts", "# comment", "11:22:33:44:55:66,two,1.0.0.2", "", "nonsense name");
        write("hostsdir/b", "four");
        write("hostsdir/a", "three");
        write("hostsdir/a~", "backup");
        Path start = write(
                "dnsmasq.conf",
                "dhcp-hostsfile=" + folder + "/hosts",
                "dhcp-hostsdir=" + folder + "/hostsdir",
                "dhcp-host=one");
        DnsmasqSetup setup = read(start);
        assertThat(names(setup)).containsExactly("one", "two", "three", "four");
        assertThat(setup.reservations().get(1).where()).isEqualTo(folder + "/hosts:2: 11:22:33:44:55:66,two,1.0.0.2");
        assertThat(reasons(setup)).containsExactly("hosts:4: not a host name: nonsense name: nonsense name");
        assertThat(setup.watched())
                .contains(folder.resolve("hosts"), folder.resolve("hostsdir"), folder.resolve("hostsdir/a"));
    }

    @Test
    void ethersOnlyWhereAskedFor() throws IOException {
        Path ethers = write("ethers", "08:00:20:00:61:ca 1.0.0.3", "08:00:20:00:61:cb pal", "bad");
        assertThat(read(write("without.conf", "domain=x")).watched()).doesNotContain(ethers);
        DnsmasqSetup setup = read(write("with.conf", "read-ethers"));
        assertThat(names(setup)).containsExactly("null", "pal");
        assertThat(setup.reservations().getFirst().where()).isEqualTo(ethers + ":1: 08:00:20:00:61:ca 1.0.0.3");
        assertThat(setup.problems()).hasSize(1);
        Files.delete(ethers);
        DnsmasqSetup absent = read(write("with.conf", "read-ethers"));
        assertThat(absent.problems()).isEmpty();
        assertThat(absent.watched()).contains(ethers);
    }

    @Test
    void whatIsMissingIsNamedAndWatched() throws IOException {
        Path start = write(
                "dnsmasq.conf",
                "conf-file=" + folder + "/none.conf",
                "conf-dir=" + folder + "/none.d",
                "dhcp-hostsfile=" + folder + "/none.hosts",
                "conf-file=" + folder,
                "dhcp-host=one");
        DnsmasqSetup setup = read(folder.resolve("absent.conf"), start);
        assertThat(names(setup)).containsExactly("one");
        assertThat(reasons(setup)).hasSize(5);
        assertThat(reasons(setup).subList(0, 2))
                .containsExactly("absent.conf: does not exist", "none.conf: does not exist");
        assertThat(reasons(setup).get(2)).startsWith("none.d: cannot be listed");
        assertThat(reasons(setup).get(3)).endsWith("is not a plain file");
        assertThat(reasons(setup).get(4)).isEqualTo("none.hosts: does not exist");
        assertThat(setup.watched())
                .contains(
                        folder.resolve("absent.conf"),
                        folder.resolve("none.conf"),
                        folder.resolve("none.d"),
                        folder.resolve("none.hosts"));
    }

    @Test
    void unknownSyntaxIsReportedAndTheRestCounts() throws IOException {
        Path start = write(
                "dnsmasq.conf",
                "dhcp-host=zz:00,x",
                "dhcp-range=nowhere",
                "dhcp-range",
                "conf-file=",
                "conf-file=-",
                "conf-script=/bin/echo hello",
                "dhcp-hostsfile=\"a",
                "dhcp-host=one");
        DnsmasqSetup setup = read(start);
        assertThat(names(setup)).containsExactly("one");
        assertThat(setup.problems()).extracting(ConfigProblem::line).containsExactly(7, 1, 2, 3, 4, 5, 6);
    }

    @Test
    void loopsAndRepeats() throws IOException {
        Path a = write("a.conf", "dhcp-host=one", "conf-file=" + folder + "/b.conf");
        write("b.conf", "conf-file=" + folder + "/./a.conf", "conf-file=" + folder + "/c.conf");
        write("c.conf", "dhcp-host=two");
        write("d.conf", "conf-file=" + folder + "/c.conf");
        DnsmasqSetup setup = read(a, folder.resolve("d.conf"));
        assertThat(names(setup)).containsExactly("one", "two");
        assertThat(reasons(setup)).containsExactly("./a.conf: includes itself, directly or through others");
    }

    @Test
    void depthIsLimited() throws IOException {
        for (int i = 0; i < 30; i++) {
            write(i + ".conf", "dhcp-host=h" + i, "conf-file=" + folder + "/" + (i + 1) + ".conf");
        }
        DnsmasqSetup setup = read(folder.resolve("0.conf"));
        assertThat(setup.reservations()).hasSize(DnsmasqConfigReader.MAX_DEPTH);
        assertThat(reasons(setup)).containsExactly("16.conf: not read: included too deep");
    }

    @Test
    void problemsAreLimited() throws IOException {
        for (int i = 0; i < 20; i++) {
            write("d/" + i, "dhcp-range=x\n".repeat(100));
        }
        DnsmasqSetup setup = read(folder.resolve("d"));
        assertThat(setup.problems()).hasSize(DnsmasqConfigReader.MAX_PROBLEMS);
        assertThat(setup.problems().getLast().reason()).isEqualTo("more problems than are kept");
    }

    @Test
    void aFileBeyondTheLimitIsNotRead() throws IOException {
        Path big = folder.resolve("big.conf");
        Files.write(big, new byte[DnsmasqConfigReader.MAX_FILE_OCTETS + 1]);
        assertThat(reasons(read(big))).containsExactly("big.conf: too large to read");
    }

    @Test
    void relativePathsFromTheWorkingDirectoryElseBesideTheFile() throws IOException {
        write("cwd/near.conf", "dhcp-host=cwd");
        write("etc/near.conf", "dhcp-host=notthis");
        write("etc/beside.conf", "dhcp-host=beside");
        Path start = write("etc/dnsmasq.conf", "conf-file=near.conf", "conf-file=beside.conf", "conf-file=none.conf");
        DnsmasqSetup setup = read(start);
        assertThat(names(setup)).containsExactly("cwd", "beside");
        assertThat(reasons(setup)).containsExactly("cwd/none.conf: does not exist");
        assertThat(setup.watched()).contains(folder.resolve("cwd/none.conf"), folder.resolve("etc/none.conf"));
    }

    @Test
    void equalWhereTheSameWasRead() throws IOException {
        Path start = write("dnsmasq.conf", "dhcp-host=one");
        DnsmasqSetup before = read(start);
        assertThat(read(start)).isEqualTo(before).hasSameHashCodeAs(before);
        write("dnsmasq.conf", "dhcp-host=two");
        assertThat(read(start)).isNotEqualTo(before);
    }
}
