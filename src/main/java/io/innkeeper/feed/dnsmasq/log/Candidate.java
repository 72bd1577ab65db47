package io.innkeeper.feed.dnsmasq.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A file that may hold what was not read yet: the log, or one of its rotated names.
 *
 * @param path its name
 * @param look what the system says of it
 * @param bytes open; whoever does not go on with it closes it
 */
record Candidate(Path path, FileLook look, LogBytes bytes) {
    /** True where this is the very file, not a copy of it. */
    boolean is(Followed followed) {
        return bytes.isFinal() == followed.bytes().isFinal() && look.inode() == followed.inode();
    }

    /** True where both begin with the same octets, as far as both have some. */
    boolean beginsLike(byte[] octets) throws IOException {
        byte[] own = new byte[Mark.SPAN];
        int count = Math.min(octets.length, bytes.read(own, 0, own.length, 0));
        return count > 0 && Arrays.equals(own, 0, count, octets, 0, count);
    }

    Followed whole() {
        return Followed.whole(path, bytes, look);
    }

    Followed from(Mark mark) {
        return Followed.on(path, bytes, look.inode(), mark);
    }
}
