package io.innkeeper.store.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Octets that are on the disks of users. The checksums were computed by another program. */
class SegmentFormatTest {
    private static final long JOURNAL = 0x0102_0304_0506_0708L;
    private static final String HEADER = "494e4b504c454153" + "00000002" + "00000007" + "0102030405060708"
            + "00000000000003e8" + "aca31cd9" + "00000000";
    private static final String GROUP =
            "494e4b47" + "61ab6b01" + "00000003" + "00000001" + "00000000000003e8" + "616263";

    private static byte[] octets(RecordWriter out) {
        return Arrays.copyOf(out.data(), out.size());
    }

    private static byte[] group(GroupChecksum checksum) {
        RecordWriter out = new RecordWriter(64);
        int start = SegmentFormat.beginGroup(out);
        out.raw(new byte[] {'a', 'b', 'c'}, 0, 3);
        SegmentFormat.endGroup(out, checksum, start, 1, 1_000);
        return octets(out);
    }

    @Test
    void aHeaderIsWrittenAndReadAlikeForEver() {
        SegmentFormat.Header header = new SegmentFormat.Header(JOURNAL, 7, 1_000);
        RecordWriter out = new RecordWriter(64);
        SegmentFormat.writeHeader(out, header);
        assertThat(HexFormat.of().formatHex(octets(out))).isEqualTo(HEADER);
        assertThat(SegmentFormat.readHeader(octets(out), "x")).isEqualTo(header);
    }

    @Test
    void aGroupIsWrittenAndReadAlikeForEver() {
        GroupChecksum checksum = new GroupChecksum(JOURNAL);
        byte[] written = group(checksum);
        assertThat(HexFormat.of().formatHex(written)).isEqualTo(GROUP);
        assertThat(SegmentFormat.group(written, 0, checksum)).isEqualTo(new SegmentFormat.Group(24, 27, 1, 1_000));
    }

    @Test
    void aGroupOfAnotherJournalIsNone() {
        byte[] written = group(new GroupChecksum(JOURNAL));
        GroupChecksum other = new GroupChecksum(JOURNAL + 1);
        assertThat(SegmentFormat.group(written, 0, other)).isNull();
        assertThat(SegmentFormat.wholeGroupAfter(written, 0, 0, other)).isFalse();
        assertThat(SegmentFormat.wholeGroupAfter(written, 0, 1_000, new GroupChecksum(JOURNAL)))
                .isTrue();
    }

    @Test
    void aSegmentOfTheFirstFormatIsNamed() {
        byte[] old = HexFormat.of()
                .parseHex("494e4b504c454153" + "00000001" + "00000007" + "0102030405060708" + "00000000000003e8"
                        + "bbbd9aee" + "00000000");
        assertThatThrownBy(() -> SegmentFormat.readHeader(old, "00000007.leases"))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("00000007.leases has format 1, this version of Innkeeper knows 2");
    }
}
