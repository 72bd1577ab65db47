package io.innkeeper.dns.log;

import io.innkeeper.dns.log.BlockInput.BadBlockException;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks a block in two steps, dictionaries first. Any octets lead to rows or to a {@link BadBlockException}. Belongs to one
 * thread; reuses its buffers from block to block.
 */
final class BlockReader implements AutoCloseable {
    /** The longest name of a list or an upstream. */
    static final int MAX_DETAIL = 200;

    private final Inflater inflater = new Inflater(true);
    private byte[] plain = new byte[64 * 1024];

    /** The block that is read: its header, the octets behind the header, and the rows. */
    private BlockHeader header = new BlockHeader(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private byte[] body = new byte[0];
    private RowColumns rows = new RowColumns(1);

    /**
     * Reads the dictionaries of a block; the columns remain empty.
     *
     * @param block what follows the header; not to be changed before the columns are read
     */
    RowColumns dictionaries(BlockHeader of, byte[] block) throws BadBlockException {
        header = of;
        body = block;
        if (block.length != of.dictionaryLength() + of.columnsLength()) {
            throw new BadBlockException("has not the length that its header says");
        }
        CRC32C crc = new CRC32C();
        crc.update(block);
        if ((int) crc.getValue() != of.checksum()) {
            throw new BadBlockException("the checksum is another one");
        }
        rows = new RowColumns(of.rows());
        BlockInput in = unpack(0, of.dictionaryLength(), of.dictionarySize());
        names(in);
        clients(in);
        devices(in);
        for (int count = in.number(of.rows()); count > 0; count--) {
            rows.details.append(new String(in.octets(in.number(MAX_DETAIL * 4)), StandardCharsets.UTF_8));
        }
        if (!in.isAtEnd()) {
            throw new BadBlockException("has more than its dictionaries");
        }
        return rows;
    }

    private void names(BlockInput in) throws BadBlockException {
        for (int count = in.number(header.rows()); count > 0; count--) {
            byte[] wire = in.octets(in.number(DnsName.MAX_LENGTH));
            try {
                rows.names.append(DnsName.ofWire(wire, 0, wire.length));
            } catch (IllegalArgumentException notAName) {
                throw new BadBlockException("has a name that is none");
            }
        }
    }

    private void clients(BlockInput in) throws BadBlockException {
        for (int count = in.number(header.rows()); count > 0; count--) {
            int length = in.number(16);
            if (length != 4 && length != 16) {
                throw new BadBlockException("has an address that is none");
            }
            rows.clients.append(IpAddress.of(in.octets(length)));
        }
    }

    private void devices(BlockInput in) throws BadBlockException {
        for (int count = in.number(header.rows()); count > 0; count--) {
            int hardwareType = in.number(0xffff);
            int length = in.number(MacAddress.MAX_LENGTH);
            if (length == 0) {
                throw new BadBlockException("has a hardware address that is none");
            }
            rows.devices.append(MacAddress.of(hardwareType, in.octets(length)));
        }
    }

    /** Reads the columns of the block whose dictionaries were read last. */
    RowColumns columns() throws BadBlockException {
        BlockInput in = unpack(header.dictionaryLength(), header.columnsLength(), header.columnsSize());
        differences(in, rows.sequence);
        differences(in, rows.atMs);
        numbers(in, rows.name, rows.names.size());
        numbers(in, rows.client, rows.clients.size());
        numbers(in, rows.device, rows.devices.size());
        numbers(in, rows.detail, rows.details.size());
        numbers(in, rows.type, 0xffff);
        numbers(in, rows.rcode, 0xffff);
        numbers(in, rows.micros, Integer.MAX_VALUE);
        octets(in, rows.step);
        octets(in, rows.transport);
        octets(in, rows.security);
        if (!in.isAtEnd()) {
            throw new BadBlockException("has more than its columns");
        }
        rows.size(header.rows());
        return rows;
    }

    private static void differences(BlockInput in, long[] column) throws BadBlockException {
        long before = 0;
        for (int i = 0; i < column.length; i++) {
            before += in.signed();
            column[i] = before;
        }
    }

    private static void numbers(BlockInput in, int[] column, int most) throws BadBlockException {
        for (int i = 0; i < column.length; i++) {
            column[i] = in.number(most);
        }
    }

    private static void octets(BlockInput in, byte[] column) throws BadBlockException {
        byte[] octets = in.octets(column.length);
        System.arraycopy(octets, 0, column, 0, octets.length);
    }

    /** Unpacks a part of the body that must have this size. */
    private BlockInput unpack(int from, int length, int size) throws BadBlockException {
        if (plain.length < size) {
            plain = new byte[size];
        }
        inflater.reset();
        inflater.setInput(body, from, length);
        try {
            int have = 0;
            while (have < size) {
                int more = inflater.inflate(plain, have, size - have);
                if (more == 0) {
                    throw new BadBlockException("unpacks to less than its header says");
                }
                have += more;
            }
        } catch (DataFormatException damaged) {
            throw new BadBlockException("cannot be unpacked");
        }
        return new BlockInput(plain, size);
    }

    @Override
    public void close() {
        inflater.end();
    }
}
