package io.innkeeper.dns.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.innkeeper.dns.log.BlockInput.BadBlockException;
import io.innkeeper.property.Property;
import io.innkeeper.property.Samples;
import io.innkeeper.wire.dns.DnsName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/**
 * No octets make the reader of blocks or of statistics throw anything but what they say, and rows that were read are the same
 * after writing. The fuzzer's octets are packed and get the right checksum, since it would not find that by itself. With
 * {@code JAZZER_FUZZ=1} it searches.
 */
class BlockFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void block(byte[] octets) {
        if (octets.length >= 4) {
            ByteBuffer head = ByteBuffer.wrap(octets);
            int rows = 1 + (head.getShort() & 0xff);
            int split = Math.min(octets.length, 4 + (head.getShort() & 0xfff));
            packed(rows, Arrays.copyOfRange(octets, 4, split), Arrays.copyOfRange(octets, split, octets.length));
        }
        BlockHeader.read(octets, 0).ifPresent(header -> {
            byte[] body = Arrays.copyOfRange(octets, BlockHeader.LENGTH, octets.length);
            read(header, body);
        });
    }

    @FuzzTest(maxDuration = "30s")
    void statistics(byte[] octets) {
        QueryStatistics into = new QueryStatistics(() -> Instant.EPOCH);
        byte[] body = pack(octets);
        ByteBuffer file = ByteBuffer.allocate(8 + body.length);
        file.putInt(0x494b5301).putInt(BlockHeader.crc(body, 0, body.length)).put(body);
        try {
            StatisticsFile.parse(file.array(), into);
            StatisticsFile.octets(into);
        } catch (IOException | IllegalArgumentException said) {
            assertThat(said).isNotNull();
        }
    }

    @Test
    void rowsWithDamageAreRowsOrAFailure() {
        Property.check(100, samples -> {
            byte[] block = block(samples);
            BlockHeader header = BlockHeader.read(block, 0).orElseThrow();
            byte[] body = Arrays.copyOfRange(block, BlockHeader.LENGTH, block.length);
            assertThat(read(header, body))
                    .hasValueSatisfying(rows -> assertThat(rows).hasSize(header.rows()));
            byte[] damaged = body.clone();
            damaged[samples.below(damaged.length)] ^= (byte) (1 << samples.below(8));
            assertThat(read(header, damaged)).isEmpty();
            byte[] otherHeader = Arrays.copyOf(block, BlockHeader.LENGTH);
            otherHeader[samples.below(BlockHeader.LENGTH)] ^= (byte) (1 << samples.below(8));
            assertThat(BlockHeader.read(otherHeader, 0)).isEmpty();
            packed(header.rows(), samples.octets(samples.below(60)), samples.octets(samples.below(60)));
        });
    }

    private static byte[] block(Samples samples) {
        RowColumns rows = new RowColumns(20);
        for (int i = 0; i <= samples.below(20); i++) {
            DnsName name = DnsName.of(samples.pick("a", "example.org", "."));
            rows.add(new QueryRow(
                    i, samples.below(99), samples.ip(), samples.mac(), name, 1, 0, QueryStep.LOCAL, "", 1, 0, 0));
        }
        try (BlockWriter writer = new BlockWriter()) {
            return writer.write(rows);
        }
    }

    private static void packed(int rows, byte[] plainDictionaries, byte[] plainColumns) {
        byte[] dictionaries = pack(plainDictionaries);
        byte[] columns = pack(plainColumns);
        CRC32C crc = new CRC32C();
        crc.update(dictionaries);
        crc.update(columns);
        BlockHeader header = new BlockHeader(
                rows,
                0,
                0,
                0,
                0,
                0,
                dictionaries.length,
                plainDictionaries.length,
                columns.length,
                plainColumns.length,
                (int) crc.getValue());
        byte[] body = Arrays.copyOf(dictionaries, dictionaries.length + columns.length);
        System.arraycopy(columns, 0, body, dictionaries.length, columns.length);
        read(header, body).ifPresent(BlockFuzzTest::sameAfterWriting);
    }

    private static void sameAfterWriting(List<QueryRow> rows) {
        RowColumns columns = new RowColumns(rows.size());
        rows.forEach(columns::add);
        try (BlockWriter writer = new BlockWriter()) {
            byte[] block = writer.write(columns);
            byte[] body = Arrays.copyOfRange(block, BlockHeader.LENGTH, block.length);
            // Numbers out of order make a header that says so.
            BlockHeader.read(block, 0)
                    .ifPresent(header -> assertThat(read(header, body)).hasValue(rows));
        }
    }

    private static Optional<List<QueryRow>> read(BlockHeader header, byte[] body) {
        try (BlockReader reader = new BlockReader()) {
            reader.dictionaries(header, body);
            RowColumns rows = reader.columns();
            return Optional.of(
                    IntStream.range(0, rows.size()).mapToObj(rows::row).toList());
        } catch (BadBlockException said) {
            return Optional.empty();
        }
    }

    private static byte[] pack(byte[] plain) {
        try (Deflater deflater = new Deflater(1, true)) {
            deflater.setInput(plain);
            deflater.finish();
            byte[] packed = new byte[plain.length + 64];
            return Arrays.copyOf(packed, deflater.deflate(packed));
        }
    }
}
