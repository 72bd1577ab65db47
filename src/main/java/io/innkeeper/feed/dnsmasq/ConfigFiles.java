package io.innkeeper.feed.dnsmasq;

import io.innkeeper.wire.dnsmasq.ConfigProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The disk as one reading of the configuration sees it: counts what is read and remembers what to watch. Used once. */
final class ConfigFiles {
    private final Path workingDirectory;
    private final Set<Path> watched = new LinkedHashSet<>();
    private final List<ConfigProblem> problems = new ArrayList<>();
    private int files;
    private long octets;

    ConfigFiles(Path workingDirectory) {
        this.workingDirectory = workingDirectory;
    }

    Set<Path> watched() {
        return watched;
    }

    List<ConfigProblem> problems() {
        return problems;
    }

    /** Keeps a problem while there is room; the last one says that there is none. */
    void problem(ConfigProblem problem) {
        if (problems.size() < DnsmasqConfigReader.MAX_PROBLEMS - 1) {
            problems.add(problem);
        } else if (problems.size() < DnsmasqConfigReader.MAX_PROBLEMS) {
            problems.add(ConfigProblem.ofFile(problem.file(), "more problems than are kept"));
        }
    }

    /** Where a path written in a file leads; see {@link DnsmasqConfigReader} for relative ones. */
    Path resolve(Path written, Path inFile) {
        if (written.isAbsolute()) {
            return written;
        }
        Path fromWorkingDirectory = workingDirectory.resolve(written);
        Path beside = inFile.resolveSibling(written);
        watched.add(fromWorkingDirectory);
        watched.add(beside);
        return Files.exists(fromWorkingDirectory) || !Files.exists(beside) ? fromWorkingDirectory : beside;
    }

    /** The content of a plain file; empty, with a problem, where there is none to be had. */
    Optional<byte[]> read(Path file) {
        watched.add(file);
        String refusal = refusal(file);
        if (refusal != null) {
            problem(ConfigProblem.ofFile(file.toString(), refusal));
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(DnsmasqConfigReader.MAX_FILE_OCTETS + 1);
            files++;
            octets += content.length;
            if (content.length <= DnsmasqConfigReader.MAX_FILE_OCTETS) {
                return Optional.of(content);
            }
            problem(ConfigProblem.ofFile(file.toString(), "too large to read"));
        } catch (IOException unreadable) {
            problem(ConfigProblem.ofFile(file.toString(), "cannot be read: " + unreadable));
        }
        return Optional.empty();
    }

    private @Nullable String refusal(Path file) {
        if (!Files.exists(file)) {
            return "does not exist";
        }
        if (!Files.isRegularFile(file)) {
            return "is not a plain file";
        }
        if (!Files.isReadable(file)) {
            return "may not be read";
        }
        boolean full = files >= DnsmasqConfigReader.MAX_FILES || octets >= DnsmasqConfigReader.MAX_TOTAL_OCTETS;
        return full ? "not read: the files before it are already too many or too large" : null;
    }

    /** The plain files of a directory that dnsmasq would read, in order of their names. */
    List<Path> list(Path directory, Predicate<String> wanted) {
        watched.add(directory);
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            int seen = 0;
            for (Path entry : entries) {
                if (++seen > DnsmasqConfigReader.MAX_DIRECTORY_ENTRIES) {
                    problem(ConfigProblem.ofFile(directory.toString(), "has more entries than are looked at"));
                    break;
                }
                if (wanted.test(String.valueOf(entry.getFileName())) && Files.isRegularFile(entry)) {
                    found.add(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            problem(ConfigProblem.ofFile(directory.toString(), "cannot be listed: " + unreadable));
        }
        Collections.sort(found);
        return found;
    }
}
