package io.innkeeper.tell.spool;

import io.innkeeper.wire.net.Octets;
import io.innkeeper.wire.rdk.v2.Message.Priority;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what {@link EntryWriter} wrote. */
final class EntryReader {
    private final ByteBuffer in;

    private EntryReader(ByteBuffer in) {
        this.in = in;
    }

    /** The entries of a group; empty where the octets are not whole entries. */
    static Optional<List<Entry>> read(ByteBuffer octets) {
        EntryReader reader = new EntryReader(octets);
        List<Entry> entries = new ArrayList<>();
        try {
            while (octets.hasRemaining()) {
                entries.add(reader.entry());
            }
            return Optional.of(entries);
        } catch (BufferUnderflowException | IllegalArgumentException notWhole) {
            return Optional.empty();
        }
    }

    private Entry entry() {
        int kind = in.get();
        String name = text(Said.MAX_NAME);
        return switch (kind) {
            case EntryWriter.WAITING -> waiting(name);
            case EntryWriter.ENDED -> ended(name);
            case EntryWriter.TURNED_AWAY -> new Entry.TurnedAway(name, in.getLong());
            case EntryWriter.STANDING -> new Entry.Standing(name, in.getLong(), tally());
            default -> throw new IllegalArgumentException("no entry is of kind " + kind);
        };
    }

    private Entry waiting(String name) {
        long sequence = in.getLong();
        Priority priority = Priority.valueOf(text(Said.MAX_NAME));
        long atMs = in.getLong();
        long topic = in.getLong();
        return new Entry.Waiting(sequence, new Said(name, priority, atMs, topic, Octets.of(octets(Said.MAX_MESSAGE))));
    }

    private Entry ended(String name) {
        long sequence = in.getLong();
        End end = End.valueOf(text(Said.MAX_NAME));
        long atMs = in.getLong();
        String reason = text(Entry.Ended.MAX_REASON);
        return new Entry.Ended(name, sequence, end, reason, atMs);
    }

    private Tally tally() {
        return new Tally(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }

    private String text(int most) {
        return new String(octets(most), StandardCharsets.UTF_8);
    }

    private byte[] octets(int most) {
        int length = in.getInt();
        if (length < 0 || length > most) {
            throw new IllegalArgumentException("a text has no " + length + " octets");
        }
        byte[] octets = new byte[Math.min(length, in.remaining())];
        in.get(octets);
        if (octets.length < length) {
            throw new BufferUnderflowException();
        }
        return octets;
    }
}
