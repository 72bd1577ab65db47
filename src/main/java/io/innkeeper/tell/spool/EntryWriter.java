package io.innkeeper.tell.spool;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes entries as {@link EntryReader} reads them: numbers are big endian, texts UTF-8 behind their length. */
final class EntryWriter {
    static final int WAITING = 1;
    static final int ENDED = 2;
    static final int TURNED_AWAY = 3;
    static final int STANDING = 4;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    void write(Entry entry) {
        switch (entry) {
            case Entry.Waiting waiting -> waiting(waiting);
            case Entry.Ended ended -> ended(ended);
            case Entry.TurnedAway away -> {
                begin(TURNED_AWAY, away);
                number(away.count());
            }
            case Entry.Standing standing -> standing(standing);
        }
    }

    private void waiting(Entry.Waiting waiting) {
        Said said = waiting.said();
        begin(WAITING, waiting);
        number(waiting.sequence());
        name(said.priority());
        number(said.atMs());
        number(said.topic());
        text(said.message().toArray(), Said.MAX_MESSAGE);
    }

    private void ended(Entry.Ended ended) {
        begin(ENDED, ended);
        number(ended.sequence());
        name(ended.end());
        number(ended.atMs());
        text(ended.reason().getBytes(StandardCharsets.UTF_8), Entry.Ended.MAX_REASON);
    }

    private void standing(Entry.Standing standing) {
        Tally tally = standing.tally();
        begin(STANDING, standing);
        number(standing.last());
        number(tally.stored());
        number(tally.duplicate());
        number(tally.rejected());
        number(tally.told());
        number(tally.superseded());
        number(tally.turnedAway());
    }

    private void begin(int kind, Entry entry) {
        out.write(kind);
        text(entry.interfaceName().getBytes(StandardCharsets.UTF_8), Said.MAX_NAME);
    }

    /** Its name, so that nothing depends on the order of the constants. */
    private void name(Enum<?> one) {
        text(one.name().getBytes(StandardCharsets.US_ASCII), Said.MAX_NAME);
    }

    private void number(long value) {
        out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    private void text(byte[] octets, int most) {
        int length = Math.min(octets.length, most);
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
        out.write(octets, 0, length);
    }

    byte[] toArray() {
        return out.toByteArray();
    }
}
