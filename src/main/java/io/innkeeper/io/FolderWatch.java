package io.innkeeper.io;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says at once that something in a folder changed (inotify). It is a hint, never the truth: some mounts say nothing at all, so
 * whoever listens also looks by itself now and then. One thread for all folders.
 */
public final class FolderWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

    /** The most folders watched; beyond that the periodic look has to do. */
    static final int MAX_FOLDERS = 1_000;

    /** In place of a name where the kernel had too much to tell. */
    private static final Path OVERFLOW = Path.of("");

    private final WatchService watcher;
    private final Map<WatchKey, Folder> folders = new HashMap<>();

    /** Who wants to know of which files; called on the watching thread, must return at once. */
    private record Listener(Set<Path> paths, Runnable call) {}

    private record Folder(Path path, CopyOnWriteArrayList<Listener> listeners) {}

    /** Something to stop listening with. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /** @throws IOException if the system gives no more watches */
    public FolderWatch() throws IOException {
        watcher = FileSystems.getDefault().newWatchService();
        Thread.ofPlatform().name("folder-watch").daemon().start(this::loop);
    }

    /**
     * Calls back when one of the paths, or a file directly in one that is a folder, is made, changed or removed. A path that
     * is a symbolic link counts as what it points to, too. Folders that do not exist are not watched: call again once they do,
     * or do again after a callback told that they are gone.
     */
    public synchronized Registration watch(Set<Path> paths, Runnable call) {
        Set<Path> all = new HashSet<>();
        for (Path path : paths) {
            all.add(path.toAbsolutePath().normalize());
            realPath(path).ifPresent(all::add);
        }
        Listener listener = new Listener(Set.copyOf(all), call);
        for (Path path : listener.paths()) {
            Path parent = path.getParent();
            if (parent != null) {
                add(parent, listener);
            }
            if (Files.isDirectory(path)) {
                add(path, listener);
            }
        }
        return () -> remove(listener);
    }

    private static Optional<Path> realPath(Path path) {
        try {
            return Optional.of(path.toRealPath());
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    private void add(Path folder, Listener listener) {
        if (folders.size() >= MAX_FOLDERS || !Files.isDirectory(folder)) {
            return;
        }
        try {
            WatchKey key = folder.register(
                    watcher,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            folders.computeIfAbsent(key, _ -> new Folder(folder, new CopyOnWriteArrayList<>()))
                    .listeners()
                    .addIfAbsent(listener);
        } catch (IOException | ClosedWatchServiceException e) {
            LOG.info("The folder {} cannot be watched ({}); looking at it periodically", folder, e.toString());
        }
    }

    private synchronized void remove(Listener listener) {
        folders.values().forEach(folder -> folder.listeners().remove(listener));
        folders.entrySet().removeIf(entry -> {
            boolean unused = entry.getValue().listeners().isEmpty();
            if (unused) {
                entry.getKey().cancel();
            }
            return unused;
        });
    }

    private void loop() {
        try {
            while (true) {
                WatchKey key = watcher.take();
                tell(key);
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            // Closed: nobody listens any more.
        }
    }

    private void tell(WatchKey key) {
        Folder folder;
        synchronized (this) {
            folder = folders.get(key);
        }
        List<Path> changed = key.pollEvents().stream()
                .map(event -> event.context() instanceof Path name && folder != null
                        ? folder.path().resolve(name)
                        : OVERFLOW)
                .toList();
        boolean folderThere = key.reset();
        if (folder == null) {
            return;
        }
        if (!folderThere) {
            synchronized (this) {
                folders.remove(key);
            }
        }
        boolean everything = !folderThere || changed.contains(OVERFLOW);
        for (Listener listener : folder.listeners()) {
            boolean wholeFolder = listener.paths().contains(folder.path());
            if (everything || wholeFolder || changed.stream().anyMatch(listener.paths()::contains)) {
                listener.call().run();
            }
        }
    }

    @Override
    public void close() {
        try {
            watcher.close();
        } catch (IOException e) {
            LOG.debug("The watch service did not close", e);
        }
    }
}
