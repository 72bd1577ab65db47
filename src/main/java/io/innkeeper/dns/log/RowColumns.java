package io.innkeeper.dns.log;

import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * Rows in columns, up to {@value #MAX_ROWS}; names, clients, devices and details are numbers of dictionaries. Sequence numbers
 * grow from row to row. Not safe for several threads.
 */
final class RowColumns {
    /** The most rows of a block. */
    static final int MAX_ROWS = 4096;

    private static final QueryStep[] STEPS = QueryStep.values();

    final RowDictionary<DnsName> names = new RowDictionary<>();
    final RowDictionary<IpAddress> clients = new RowDictionary<>();
    final RowDictionary<MacAddress> devices = new RowDictionary<>();
    final RowDictionary<String> details = new RowDictionary<>();

    final long[] sequence;
    final long[] atMs;
    final int[] name;
    final int[] client;
    final int[] device;
    final int[] detail;
    final int[] type;
    final int[] rcode;
    final byte[] step;
    final int[] micros;
    final byte[] transport;
    final byte[] security;
    private int size;

    /** Room for that many rows. */
    RowColumns(int capacity) {
        sequence = new long[capacity];
        atMs = new long[capacity];
        name = new int[capacity];
        client = new int[capacity];
        device = new int[capacity];
        detail = new int[capacity];
        type = new int[capacity];
        rcode = new int[capacity];
        step = new byte[capacity];
        micros = new int[capacity];
        transport = new byte[capacity];
        security = new byte[capacity];
    }

    /** The step of a number; the last one for a number that is none. */
    static QueryStep step(int ordinal) {
        return STEPS[Math.min(ordinal & 0xff, STEPS.length - 1)];
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == sequence.length;
    }

    /** Says that the columns are filled up to here. */
    void size(int rows) {
        size = rows;
    }

    /** Appends a row; there must be room. */
    void add(QueryRow row) {
        int i = size++;
        sequence[i] = row.sequence();
        atMs[i] = row.atMs();
        name[i] = names.number(row.name());
        client[i] = clients.number(row.client());
        device[i] = devices.number(row.device());
        detail[i] = row.detail().isEmpty() ? 0 : details.number(row.detail());
        type[i] = row.type();
        rcode[i] = row.rcode();
        step[i] = (byte) row.step().number();
        micros[i] = row.micros();
        transport[i] = (byte) row.transport();
        security[i] = (byte) row.security();
    }

    /** One row. */
    QueryRow row(int i) {
        DnsName asked = names.value(name[i]);
        String text = detailOf(i);
        return new QueryRow(
                sequence[i],
                atMs[i],
                clients.value(client[i]),
                devices.value(device[i]),
                asked == null ? DnsName.ROOT : asked,
                type[i],
                rcode[i],
                step(step[i]),
                text == null ? "" : text,
                micros[i],
                transport[i] & 0xff,
                security[i] & 0xff);
    }

    private @Nullable String detailOf(int i) {
        return details.value(detail[i]);
    }
}
