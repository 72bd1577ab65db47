package io.innkeeper.tell.spool;

import io.innkeeper.wire.net.Octets;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what {@link EntryWriter} wrote. */
final class EntryReader {
    private static final Urgency[] URGENCIES = Urgency.values();
    private static final End[] ENDS = End.values();

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
        String name = new String(octets(Said.MAX_NAME), StandardCharsets.UTF_8);
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
        Urgency urgency = one(URGENCIES);
        long atMs = in.getLong();
        long topic = in.getLong();
        return new Entry.Waiting(
                sequence, new Said(name, urgency, atMs, topic, Octets.of(octets(Said.MAX_MESSAGE))));
    }

    private Entry ended(String name) {
        long sequence = in.getLong();
        End end = one(ENDS);
        long atMs = in.getLong();
        String reason = new String(octets(Entry.Ended.MAX_REASON), StandardCharsets.UTF_8);
        return new Entry.Ended(name, sequence, end, reason, atMs);
    }

    private Tally tally() {
        return new Tally(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }

    private <T> T one(T[] values) {
        int at = in.get();
        if (at < 0 || at >= values.length) {
            throw new IllegalArgumentException("there is no " + at + " of " + values.length);
        }
        return values[at];
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
