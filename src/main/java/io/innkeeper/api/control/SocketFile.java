package io.innkeeper.api.control;

import io.innkeeper.service.ServiceException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UNIX socket in the file system, listened on. It is bound in a folder that only its owner can enter, gets its mode there,
 * and is then renamed to its place: there is no moment in which it stands there with another mode, and one that a dead
 * process left is replaced in the same step.
 */
final class SocketFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SocketFile.class);

    /** What fits into sockaddr_un with its closing zero (unix(7)). */
    private static final int PATH_MAX = 107;

    private static final int BACKLOG = 1_024;
    private static final int TYPE_MASK = 0xf000;
    private static final int TYPE_SOCKET = 0xc000;

    private final Path file;
    private final ServerSocketChannel channel;
    private final Object inode;

    private SocketFile(Path file, ServerSocketChannel channel, Object inode) {
        this.file = file;
        this.channel = channel;
        this.inode = inode;
    }

    /**
     * Listens.
     *
     * @param mode nine bits, such as octal 600
     * @throws ServiceException if that cannot be; the message says what to do
     */
    static SocketFile open(Path path, int mode) throws ServiceException {
        Path file = path.toAbsolutePath().normalize();
        refuseWhatIsTaken(file);
        try {
            Path hidden = Files.createTempDirectory(file.getParent(), ".ik", ownerOnly());
            try {
                return bind(file, hidden.resolve("s"), mode);
            } finally {
                Files.deleteIfExists(hidden.resolve("s"));
                Files.deleteIfExists(hidden);
            }
        } catch (IOException e) {
            throw cannot(file, String.valueOf(e), e);
        }
    }

    private static java.nio.file.attribute.FileAttribute<Set<PosixFilePermission>> ownerOnly() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    }

    private static SocketFile bind(Path file, Path hidden, int mode) throws IOException, ServiceException {
        if (isTooLong(hidden) || isTooLong(file)) {
            throw cannot(file, "the path is too long for a socket", null);
        }
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(hidden), BACKLOG);
            Files.setPosixFilePermissions(hidden, permissions(mode));
            Object inode = Files.getAttribute(hidden, "unix:ino", LinkOption.NOFOLLOW_LINKS);
            Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
            return new SocketFile(file, channel, inode);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean isTooLong(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length > PATH_MAX;
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> granted = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] fromTheLeft = PosixFilePermission.values();
        for (int i = 0; i < fromTheLeft.length; i++) {
            if ((mode & (1 << (fromTheLeft.length - 1 - i))) != 0) {
                granted.add(fromTheLeft[i]);
            }
        }
        return granted;
    }

    private static void refuseWhatIsTaken(Path file) throws ServiceException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            int mode = (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            if ((mode & TYPE_MASK) != TYPE_SOCKET) {
                throw cannot(file, "there is something that is no socket, and it is left alone", null);
            }
        } catch (IOException e) {
            throw cannot(file, String.valueOf(e), e);
        }
        if (isAlive(file)) {
            throw cannot(file, "another process listens there; is another Innkeeper running?", null);
        }
        LOG.info("{} was left by a process that is gone; it is replaced", file);
    }

    /** Only a refused connection is sure to mean that nobody listens any more. */
    private static boolean isAlive(Path file) {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false); // a full queue must not hold us up
            probe.connect(UnixDomainSocketAddress.of(file));
            return true;
        } catch (IOException e) {
            return !String.valueOf(e.getMessage()).contains("refused") && Files.exists(file);
        }
    }

    private static ServiceException cannot(Path file, String reason, @org.jspecify.annotations.Nullable Exception e) {
        String message = "cannot listen on the socket " + file + ": " + reason
                + ". Choose another with api.control, or leave that key out";
        return e == null ? new ServiceException(message) : new ServiceException(message, e);
    }

    /** The next connection; blocks. */
    SocketChannel accept() throws IOException {
        return channel.accept();
    }

    Path path() {
        return file;
    }

    /** Stops listening and removes the file, unless somebody else's stands there by now. */
    @Override
    public void close() {
        try {
            channel.close();
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    && inode.equals(Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS))) {
                Files.delete(file);
            }
        } catch (IOException e) {
            LOG.warn("The socket {} could not be removed: {}", file, e.toString());
        }
    }
}
