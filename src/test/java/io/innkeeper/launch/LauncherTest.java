package io.innkeeper.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher: when it builds, what it starts, and from where. */
class LauncherTest {
    @TempDir
    private Path temporary;

    private TestingHouse house;
    private Path jdk;

    @BeforeEach
    void build() throws IOException {
        house = new TestingHouse(temporary);
        jdk = TestingHouse.jdk(temporary.resolve("root/opt/jdk-25"), "25.0.3");
        older(house.folder.resolve("pom.xml"));
    }

    private static void older(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
    }

    private TestingHouse.Ended launch(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = house.folder.resolve("innkeeper").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return house.run(temporary, command);
    }

    @Test
    void buildsOnceWithTheJdkItFound() throws Exception {
        house.maven("");
        TestingHouse.Ended first = launch("leases", "--json", "a b");
        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.err()).contains("Building Innkeeper").doesNotContain("noise");
        assertThat(house.mavenCalls()).containsExactly(jdk + " -q -B -Dmaven.test.skip=true package");
        assertThat(first.out().lines().toList())
                .startsWith("cwd=" + temporary)
                .endsWith("-jar", house.folder.resolve("target/innkeeper.jar").toString(), "leases", "--json", "a b");
        TestingHouse.Ended second = launch("leases");
        assertThat(second.err()).isEmpty();
        assertThat(house.mavenCalls()).hasSize(1);
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws Exception {
        house.maven("");
        launch("leases");
        Path source = Files.writeString(house.folder.resolve("src/main/A.java"), "class A {}\n");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(1)));
        launch("leases");
        assertThat(house.mavenCalls()).hasSize(2);
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        house.maven("");
        String innkeeper = house.folder.resolve("innkeeper").toString();
        List<Process> both = List.of(
                house.begin(temporary, innkeeper, "leases"),
                house.begin(temporary, innkeeper, "leases"),
                house.begin(temporary, innkeeper, "leases"));
        for (Process process : both) {
            assertThat(TestingHouse.end(process).out()).contains("-jar");
        }
        assertThat(house.mavenCalls()).hasSize(1);
    }

    @Test
    void aFailedBuildIsShown() throws Exception {
        house.maven("echo 'cannot find symbol'; rm target/innkeeper.jar; exit 1");
        TestingHouse.Ended ended = launch("run");
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("cannot find symbol", "target/build.log");
    }

    @Test
    void saysThatMavenIsMissing() throws Exception {
        TestingHouse.Ended ended = launch("run");
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err()).contains("needs Maven", "apt-get install maven");
    }

    @Test
    void worksThroughLinksAndKeepsTheWorkingDirectory() throws Exception {
        house.maven("");
        Path links = Files.createDirectories(temporary.resolve("links"));
        Files.createSymbolicLink(links.resolve("one"), Path.of("../a house/innkeeper"));
        Files.createSymbolicLink(links.resolve("two"), Path.of("one"));
        TestingHouse.Ended ended = house.run(links, "two", "check-config", "innkeeper.yaml");
        assertThat(ended.out().lines().toList())
                .as(ended.err())
                .startsWith("cwd=" + links)
                .endsWith("check-config", "innkeeper.yaml");
    }

    @Test
    void onlyLongCommandsGetTheSecondCompiler() throws Exception {
        house.maven("");
        assertThat(launch("leases", "run").out()).contains("-XX:TieredStopAtLevel=1");
        assertThat(launch("--config", "run").out()).doesNotContain("TieredStopAtLevel");
        assertThat(launch("demo").out()).doesNotContain("TieredStopAtLevel");
        assertThat(launch().out()).contains("-XX:TieredStopAtLevel=1");
    }

    @Test
    void usesTheCacheWhereThereIsOneAndMakesItOnceAJar() throws Exception {
        house.maven("");
        TestingHouse.Ended first = launch("run");
        assertThat(first.err()).contains("Preparing quick starts");
        assertThat(first.out()).contains("-XX:AOTCache=" + house.folder.resolve("target/innkeeper.aot"));
        assertThat(launch("run").err()).isEmpty();
        Files.delete(house.folder.resolve("target/innkeeper.aot"));
        TestingHouse.Ended without = launch("run");
        assertThat(without.err()).isEmpty();
        assertThat(without.out()).doesNotContain("AOTCache");
    }

    @Test
    void whatAClientWaitsForHasACacheOfItsOwn() throws Exception {
        house.maven("");
        String out = launch("notify", "lease", "udhcpc", "bound").out();
        assertThat(out)
                .contains("-XX:AOTCache=" + house.folder.resolve("target/notify.aot"))
                .contains("-Xmx64m")
                .doesNotContain("innkeeper.aot");
        assertThat(launch("notify", "add").out()).contains("innkeeper.aot").doesNotContain("notify.aot");
    }

    @Test
    void theUsersOptionsComeLastAndMayChooseTheCollector() throws Exception {
        house.maven("");
        assertThat(launch("run").out()).contains("-XX:+UseSerialGC");
        house.with("INNKEEPER_JAVA_OPTS", "-XX:+UseZGC -Xmx2g");
        TestingHouse.Ended ended = launch("run");
        assertThat(ended.out()).doesNotContain("UseSerialGC").containsSubsequence("-Xms48m", "-XX:+UseZGC", "-Xmx2g");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void anInstalledJarIsStartedAsItIs() throws Exception {
        Path lib = Files.createDirectories(house.folder.resolve("lib"));
        Files.writeString(lib.resolve("innkeeper.jar"), "jar\n");
        Files.move(house.folder.resolve("packaging/find-jdk.sh"), lib.resolve("find-jdk.sh"));
        TestingHouse.Ended ended = launch("leases");
        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(ended.out()).contains(lib.resolve("innkeeper.jar").toString());
        assertThat(house.mavenCalls()).isEmpty();
    }
}
