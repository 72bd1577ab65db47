package io.innkeeper.dns.log;

import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;

/** Packs rows into blocks: header, dictionaries, columns; both packed on their own, so that a search can stop at the first. */
final class BlockWriter implements AutoCloseable {
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final BlockOctets plain = new BlockOctets();

    /** The octets of a block of these rows, of which there is at least one. */
    byte[] write(RowColumns rows) {
        plain.clear();
        dictionaries(rows);
        int dictionarySize = plain.length();
        byte[] dictionaries = pack();
        plain.clear();
        columns(rows);
        int columnsSize = plain.length();
        byte[] columns = pack();
        CRC32C crc = new CRC32C();
        crc.update(dictionaries);
        crc.update(columns);
        int last = rows.size() - 1;
        BlockHeader header = new BlockHeader(
                rows.size(),
                steps(rows),
                rows.sequence[0],
                rows.sequence[last],
                least(rows),
                greatest(rows),
                dictionaries.length,
                dictionarySize,
                columns.length,
                columnsSize,
                (int) crc.getValue());
        byte[] block = new byte[header.total()];
        header.write(block);
        System.arraycopy(dictionaries, 0, block, BlockHeader.LENGTH, dictionaries.length);
        System.arraycopy(columns, 0, block, BlockHeader.LENGTH + dictionaries.length, columns.length);
        return block;
    }

    private static int steps(RowColumns rows) {
        int steps = 0;
        for (int i = 0; i < rows.size(); i++) {
            steps |= 1 << rows.step[i];
        }
        return steps;
    }

    private static long least(RowColumns rows) {
        long least = rows.atMs[0];
        for (int i = 1; i < rows.size(); i++) {
            least = Math.min(least, rows.atMs[i]);
        }
        return least;
    }

    private static long greatest(RowColumns rows) {
        long greatest = rows.atMs[0];
        for (int i = 1; i < rows.size(); i++) {
            greatest = Math.max(greatest, rows.atMs[i]);
        }
        return greatest;
    }

    private void dictionaries(RowColumns rows) {
        plain.number(rows.names.size());
        for (int i = 1; i <= rows.names.size(); i++) {
            DnsName name = rows.names.value(i);
            text(name == null ? DnsName.ROOT.wire() : name.wire());
        }
        plain.number(rows.clients.size());
        for (int i = 1; i <= rows.clients.size(); i++) {
            IpAddress client = rows.clients.value(i);
            text(client == null ? new byte[4] : client.octets());
        }
        plain.number(rows.devices.size());
        for (int i = 1; i <= rows.devices.size(); i++) {
            MacAddress device = rows.devices.value(i);
            if (device != null) {
                plain.number(device.hardwareType());
                text(device.octets());
            }
        }
        plain.number(rows.details.size());
        for (int i = 1; i <= rows.details.size(); i++) {
            String detail = rows.details.value(i);
            text(detail == null ? new byte[0] : detail.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void text(byte[] octets) {
        plain.number(octets.length);
        plain.put(octets);
    }

    private void columns(RowColumns rows) {
        differences(rows.sequence, rows.size());
        differences(rows.atMs, rows.size());
        for (int[] column :
                new int[][] {rows.name, rows.client, rows.device, rows.detail, rows.type, rows.rcode, rows.micros}) {
            for (int i = 0; i < rows.size(); i++) {
                plain.number(column[i]);
            }
        }
        for (byte[] column : new byte[][] {rows.step, rows.transport, rows.security}) {
            plain.put(Arrays.copyOf(column, rows.size()));
        }
    }

    private void differences(long[] column, int size) {
        long before = 0;
        for (int i = 0; i < size; i++) {
            plain.signed(column[i] - before);
            before = column[i];
        }
    }

    private byte[] pack() {
        deflater.reset();
        deflater.setInput(plain.bytes(), 0, plain.length());
        deflater.finish();
        byte[] packed = new byte[plain.length() / 2 + 64];
        int length = 0;
        while (!deflater.finished()) {
            if (length == packed.length) {
                packed = Arrays.copyOf(packed, 2 * length);
            }
            length += deflater.deflate(packed, length, packed.length - length);
        }
        return Arrays.copyOf(packed, length);
    }

    @Override
    public void close() {
        deflater.end();
    }
}
