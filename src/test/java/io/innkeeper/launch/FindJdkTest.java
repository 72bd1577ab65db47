package io.innkeeper.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding a JDK 25, in folders that look like JDKs. */
class FindJdkTest {
    private static final String FIND = ". packaging/find-jdk.sh && find_jdk && echo \"$JDK\"";

    @TempDir
    private Path temporary;

    private TestingHouse house;

    @BeforeEach
    void build() throws IOException {
        house = new TestingHouse(temporary);
    }

    private TestingHouse.Ended find() throws IOException, InterruptedException {
        return house.run(house.folder, "-euc", FIND);
    }

    @Test
    void saysWhatToInstallWhereThereIsNone() throws Exception {
        TestingHouse.jdk(temporary.resolve("root/usr/lib/jvm/old"), "21.0.2");
        TestingHouse.Ended ended = find();
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("needs a JDK 25", "openjdk-25-jdk-headless", "INNKEEPER_JAVA=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "root/usr/lib/jvm/temurin-25-jdk-amd64",
                "root/opt/jdk 25",
                "root/opt/java/openjdk",
                "home/.jdks/temurin-25",
                "home/.sdkman/candidates/java/25.0.1-tem",
                "root/Library/Java/JavaVirtualMachines/x.jdk/Contents/Home"
            })
    void findsItInTheUsualFolders(String place) throws Exception {
        TestingHouse.jdk(temporary.resolve("root/usr/lib/jvm/aaa-17"), "17.0.15");
        Path jdk = TestingHouse.jdk(temporary.resolve(place), "25.0.3");
        assertThat(find().out().strip()).isEqualTo(jdk.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "25, true",
        "25.0.3, true",
        "25-ea, true",
        "25+36, true",
        "250, false",
        "2.5, false",
        "24.0.2, false",
        "26, false",
        "'', false"
    })
    void readsTheVersionOfTheReleaseFile(String version, boolean fits) throws Exception {
        TestingHouse.jdk(temporary.resolve("root/opt/jdk"), version);
        assertThat(find().status() == 0).isEqualTo(fits);
    }

    @Test
    void aRuntimeWithoutCompilerIsNoJdk() throws Exception {
        Files.delete(
                TestingHouse.jdk(temporary.resolve("root/opt/jre"), "25.0.3").resolve("bin/javac"));
        assertThat(find().status()).isEqualTo(1);
    }

    @Test
    void javaHomeGoesBeforeThePathAndThePathBeforeTheFolders() throws Exception {
        Path folder = TestingHouse.jdk(temporary.resolve("root/opt/a"), "25.0.1");
        assertThat(find().out().strip()).isEqualTo(folder.toString());
        Path onPath = TestingHouse.jdk(temporary.resolve("on path"), "25.0.2");
        Files.createSymbolicLink(temporary.resolve("bin/java"), onPath.resolve("bin/java"));
        assertThat(find().out().strip()).isEqualTo(onPath.toString());
        Path home = TestingHouse.jdk(temporary.resolve("java home"), "25.0.3");
        house.with("JAVA_HOME", home + "/");
        assertThat(find().out().strip()).isEqualTo(home.toString());
    }

    @Test
    void anOldJavaHomeAndAnOldPathDoNotMatter() throws Exception {
        Path old = TestingHouse.jdk(temporary.resolve("old"), "17.0.15");
        Files.createSymbolicLink(temporary.resolve("bin/java"), old.resolve("bin/java"));
        house.with("JAVA_HOME", old.toString());
        Path folder = TestingHouse.jdk(temporary.resolve("root/opt/a"), "25.0.1");
        assertThat(find().out().strip()).isEqualTo(folder.toString());
    }

    @Test
    void whatAPersonNamedIsTakenOrRefusedButNotReplaced() throws Exception {
        TestingHouse.jdk(temporary.resolve("root/opt/a"), "25.0.1");
        Path named = TestingHouse.jdk(temporary.resolve("named"), "25.0.3");
        house.with("INNKEEPER_JAVA", named.toString());
        assertThat(find().out().strip()).isEqualTo(named.toString());
        house.with("INNKEEPER_JAVA", named.resolve("bin/java").toString());
        assertThat(find().out().strip()).isEqualTo(named.toString());
        Path old = TestingHouse.jdk(temporary.resolve("old"), "17.0.15");
        house.with("INNKEEPER_JAVA", old.toString());
        TestingHouse.Ended refused = find();
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("is not a JDK 25", "17.0.15");
    }
}
