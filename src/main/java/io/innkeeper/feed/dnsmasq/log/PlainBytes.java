package io.innkeeper.feed.dnsmasq.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file as it is. */
final class PlainBytes implements LogBytes {
    private final FileChannel channel;

    PlainBytes(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    @Override
    public int read(byte[] into, int at, int length, long position) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into, at, length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position() - at) < 0) {
                break;
            }
        }
        return buffer.position() - at;
    }

    @Override
    public boolean isFinal() {
        return false;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
