package io.innkeeper.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A copy of the scripts in a folder of its own, with programs that only pretend. */
final class TestingHouse {
    private static final Path ROOT = Path.of(System.getProperty("innkeeper.root", "."));
    private static final List<String> TOOLS = List.of(
            "awk",
            "cat",
            "chmod",
            "cut",
            "dirname",
            "find",
            "flock",
            "head",
            "id",
            "mkdir",
            "mktemp",
            "mv",
            "readlink",
            "rm",
            "sh",
            "sleep",
            "tail",
            "touch");

    /** What a script said and how it ended. */
    record Ended(int status, String out, String err) {}

    final Path folder;
    private final Path bin;
    private final Map<String, String> environment = new HashMap<>();

    TestingHouse(Path temporary) throws IOException {
        folder = Files.createDirectories(temporary.resolve("a house"));
        bin = Files.createDirectories(temporary.resolve("bin"));
        for (String tool : TOOLS) {
            for (String place : List.of("/usr/bin/", "/bin/")) {
                if (Files.exists(Path.of(place + tool)) && !Files.exists(bin.resolve(tool))) {
                    Files.createSymbolicLink(bin.resolve(tool), Path.of(place + tool));
                }
            }
        }
        for (String file : List.of("innkeeper", "check", "packaging/find-jdk.sh")) {
            Path copy = folder.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(
                    ROOT.resolve(file), copy, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.createDirectories(folder.resolve("src/main"));
        Files.writeString(folder.resolve("pom.xml"), "<project/>\n");
        environment.put("PATH", bin.toString());
        environment.put(
                "HOME", Files.createDirectories(temporary.resolve("home")).toString());
        environment.put("INNKEEPER_JDK_ROOT", root(temporary).toString());
    }

    private static Path root(Path temporary) {
        return temporary.resolve("root");
    }

    TestingHouse with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** A folder that looks like a JDK; its java writes its arguments, one a line. */
    static Path jdk(Path folder, String version) throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        Files.writeString(
                folder.resolve("release"),
                "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
        program(folder.resolve("bin/java"), """
                for word; do
                    case $word in -XX:AOTCacheOutput=*) echo cache >"${word#*=}"; echo noise; exit 0 ;; esac
                done
                echo "cwd=$PWD"
                printf '%s\\n' "$@"
                """);
        program(folder.resolve("bin/javac"), "exit 1\n");
        return folder;
    }

    /** A Maven that makes the jar, and notes each call with the JAVA_HOME it was given. */
    TestingHouse maven(String last) throws IOException {
        program(bin.resolve("mvn"), """
                echo "$JAVA_HOME $*" >>mvn-calls
                sleep 0.2
                mkdir -p target
                echo jar >target/innkeeper.jar
                """ + last + "\n");
        return this;
    }

    List<String> mavenCalls() throws IOException {
        Path calls = folder.resolve("mvn-calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    static void program(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Process begin(Path workingDirectory, String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of(command));
        words.addFirst("sh"); // the system's sh: dash, busybox or bash
        ProcessBuilder builder = new ProcessBuilder(words).directory(workingDirectory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    Ended run(Path workingDirectory, String... command) throws IOException, InterruptedException {
        return end(begin(workingDirectory, command));
    }

    static Ended end(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("did not end");
        }
        return new Ended(process.exitValue(), out, err);
    }
}
