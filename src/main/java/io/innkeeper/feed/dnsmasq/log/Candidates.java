package io.innkeeper.feed.dnsmasq.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All files that may hold what was not read yet, open, at one moment: the log, and its rotated names beside it (also beside what
 * it points to where it is a symbolic link).
 *
 * @param rotated the rotated ones, oldest first
 * @param log the log; null where it is absent
 * @param sealed how many are compressed in a way that cannot be read here
 * @param unused those of them that nobody went on with; {@link #close} closes them
 */
record Candidates(List<Candidate> rotated, @Nullable Candidate log, int sealed, Set<LogBytes> unused)
        implements Closeable {
    /** The most rotated files looked at; of more, the newest. */
    static final int MAX_ROTATED = 100;

    private record Name(Path path, RotatedName rotated, FileLook look) {}

    /** Opens them; empty where names change meanwhile: a rotation goes on, and it is to be tried again. */
    static Optional<Candidates> open(Path log) throws IOException {
        List<Name> before = names(log);
        Set<LogBytes> opened = new HashSet<>();
        try {
            List<Candidate> rotated = new ArrayList<>();
            for (Name name : before) {
                if (name.rotated().packed() == RotatedName.Packing.OTHER) {
                    continue;
                }
                LogBytes bytes = name.rotated().packed() == RotatedName.Packing.GZIP
                        ? new GzipBytes(name.path())
                        : new PlainBytes(name.path());
                opened.add(bytes);
                rotated.add(new Candidate(name.path(), name.look(), bytes));
            }
            Optional<FileLook> look = FileLook.at(log);
            Candidate present = null;
            if (look.isPresent()) {
                if (!look.get().regular()) {
                    throw new IOException("it is not a file");
                }
                PlainBytes bytes = new PlainBytes(log);
                opened.add(bytes);
                present = new Candidate(log, look.get(), bytes);
            }
            boolean same = inodes(names(log)).equals(inodes(before))
                    && FileLook.at(log).map(FileLook::inode).equals(look.map(FileLook::inode));
            if (same) {
                return Optional.of(new Candidates(rotated, present, sealed(before), opened));
            }
        } catch (NoSuchFileException moved) {
            // It was renamed or removed between being seen and being opened.
        } catch (IOException | RuntimeException e) {
            closeAll(opened);
            throw e;
        }
        closeAll(opened);
        return Optional.empty();
    }

    private static Map<Path, Long> inodes(List<Name> names) {
        Map<Path, Long> inodes = new HashMap<>();
        names.forEach(name -> inodes.put(name.path(), name.look().inode()));
        return inodes;
    }

    private static int sealed(List<Name> names) {
        return (int) names.stream()
                .filter(name -> name.rotated().packed() == RotatedName.Packing.OTHER)
                .count();
    }

    /** The rotated names that there are, oldest first. One that is being compressed is there twice: the original counts. */
    private static List<Name> names(Path log) throws IOException {
        Map<Long, Name> found = new HashMap<>();
        for (Path place : places(log)) {
            list(place, found);
        }
        Set<Path> bare = new HashSet<>();
        found.values().stream()
                .filter(name -> name.rotated().packed() == RotatedName.Packing.NONE)
                .forEach(name -> bare.add(name.path()));
        List<Name> names = new ArrayList<>(found.values());
        names.removeIf(name -> name.rotated().packed() != RotatedName.Packing.NONE
                && bare.contains(name.path().resolveSibling(name.rotated().bare())));
        boolean numbered = names.stream().allMatch(name -> name.rotated().number() != null);
        Comparator<Name> byTime = Comparator.comparingLong(name -> name.look().changedUs());
        names.sort(
                numbered
                        ? Comparator.comparing(Name::rotated, RotatedName.oldestFirst())
                                .thenComparing(byTime)
                        : byTime.thenComparing(name -> name.path().toString()));
        return names.size() <= MAX_ROTATED ? names : names.subList(names.size() - MAX_ROTATED, names.size());
    }

    private static Set<Path> places(Path log) throws IOException {
        Set<Path> places = new HashSet<>();
        places.add(log.toAbsolutePath().normalize());
        try {
            places.add(log.toRealPath());
        } catch (NoSuchFileException absent) {
            // Then only its own folder is known.
        }
        return places;
    }

    private static void list(Path log, Map<Long, Name> found) throws IOException {
        Path folder = log.getParent();
        Path base = log.getFileName();
        if (folder == null || base == null) {
            return;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path path : all) {
                String name = String.valueOf(path.getFileName());
                RotatedName rotated = RotatedName.of(base.toString(), name).orElse(null);
                FileLook look = rotated == null ? null : FileLook.at(path).orElse(null);
                if (rotated != null && look != null && look.regular()) {
                    found.putIfAbsent(look.inode(), new Name(path, rotated, look));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException absent) {
            // No folder, no files.
        }
    }

    /** When the newest change among them was, microseconds since 1970. */
    long newestUs() {
        long newest = log == null ? Long.MIN_VALUE : log.look().changedUs();
        for (Candidate one : rotated) {
            newest = Math.max(newest, one.look().changedUs());
        }
        return newest;
    }

    /** Whoever goes on with one of them closes it. */
    Candidate use(Candidate candidate) {
        unused.remove(candidate.bytes());
        return candidate;
    }

    private static void closeAll(Set<LogBytes> all) throws IOException {
        for (LogBytes bytes : all) {
            bytes.close();
        }
    }

    @Override
    public void close() throws IOException {
        closeAll(unused);
    }
}
