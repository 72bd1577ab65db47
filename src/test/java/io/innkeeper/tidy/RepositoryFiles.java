package io.innkeeper.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of the repository: those that git tracks, or would. */
final class RepositoryFiles {
    /** The root of the repository. */
    static final Path ROOT = Path.of(System.getProperty("innkeeper.root", ".")).toAbsolutePath();

    private static final Set<String> BINARY = Set.of("bin", "png", "jpg", "ico", "woff2", "jar", "db", "gz");
    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".idea", ".vscode", ".cifuzz-corpus");

    private RepositoryFiles() {}

    /** All files with text in them, relative to the root. */
    static List<Path> text() {
        return all().filter(file -> !BINARY.contains(extension(file))).toList();
    }

    /** All files with one of these extensions, relative to the root. */
    static List<Path> withExtension(String... extensions) {
        return all().filter(file -> Set.of(extensions).contains(extension(file)))
                .toList();
    }

    /** The text of a file named relative to the root. */
    static String read(Path file) {
        try {
            return new String(Files.readAllBytes(ROOT.resolve(file)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands after the last dot of the name. */
    static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static Stream<Path> all() {
        List<Path> files = git();
        return (files.isEmpty() ? walk() : files).stream().filter(file -> Files.isRegularFile(ROOT.resolve(file)));
    }

    private static List<Path> git() {
        try {
            Process process = new ProcessBuilder("git", "ls-files", "--cached", "--others", "--exclude-standard")
                    .directory(ROOT.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String names = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return names.lines().map(Path::of).toList();
        } catch (IOException e) {
            return List.of(); // no git: a release's source archive
        }
    }

    private static List<Path> walk() {
        try (Stream<Path> walk = Files.walk(ROOT)) {
            return walk.map(ROOT::relativize)
                    .filter(file -> !NOT_OURS.contains(file.getName(0).toString()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
