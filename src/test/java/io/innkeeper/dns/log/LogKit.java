package io.innkeeper.dns.log;

import io.innkeeper.config.ByteSize;
import io.innkeeper.config.DnsLog;
import io.innkeeper.config.DnsLogMode;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A query log without a thread, whose time is given. */
final class LogKit {
    static final long START = 1_767_268_800_000L;
    static final MacAddress PHONE = MacAddress.parse("02:00:00:00:00:01").orElseThrow();
    static final MacAddress LAPTOP = MacAddress.parse("02:00:00:00:00:02").orElseThrow();
    static final DnsLog FULL = settings(DnsLogMode.FULL, Duration.ofDays(30), 256L << 20);
    private static final int CHUNK = 200;

    final QueryTape tape = new QueryTape();
    final Map<IpAddress, MacAddress> devices = new HashMap<>();
    final List<QuerySighting> sightings = new ArrayList<>();
    final QueryLog log;
    long nowMs;

    private LogKit(Path folder, DnsLog settings, long nowMs) {
        this.nowMs = nowMs;
        LogWorld world = new LogWorld(
                () -> Instant.ofEpochMilli(this.nowMs),
                address -> Optional.ofNullable(devices.get(address)),
                sightings::addAll,
                fault -> {
                    throw new AssertionError(fault);
                });
        log = new QueryLog(folder, tape, world, settings);
        log.names(List.of("rules", "ads"), List.of("9.9.9.9", "1.1.1.1"));
        devices.put(client(1), PHONE);
        devices.put(client(2), LAPTOP);
    }

    static LogKit open(Path folder) throws IOException {
        return open(folder, FULL, START);
    }

    static LogKit open(Path folder, DnsLog settings, long nowMs) throws IOException {
        LogKit kit = new LogKit(folder, settings, nowMs);
        kit.log.open();
        return kit;
    }

    static DnsLog settings(DnsLogMode mode, Duration keep, long size) {
        return new DnsLog(mode, keep, new ByteSize(size));
    }

    static IpAddress client(int last) {
        return IpAddress.parse("192.168.1." + last).orElseThrow();
    }

    /** A question that comes now. */
    void ask(int client, String name, QueryStep step, int detail) {
        byte[] wire = DnsName.of(name).wire();
        tape.add(nowMs, 0, 0xffff_c0a8_0100L + client, wire, 0, wire.length, 1, 0, step, detail, 100, 0, 1);
    }

    /** Many that come now, as quickly as the log takes them. */
    void askMany(int count, String nameForm) {
        for (int i = 0; i < count; i++) {
            ask(1 + i % 3, nameForm.formatted(i), QueryStep.CACHED, -1);
            if (i % CHUNK == 0) {
                look();
            }
        }
        look();
    }

    /** Lets the log look at what came. */
    void look() {
        tape.flush();
        log.turn();
        log.turn();
    }

    /** Time goes by. */
    void later(Duration time) {
        nowMs += time.toMillis();
        look();
    }

    List<QueryRow> newest(int limit) {
        return log.search(QueryFilter.newest(limit)).rows();
    }

    List<String> names(QueryFilter filter) {
        return log.search(filter).rows().stream().map(row -> row.name().text()).toList();
    }

    List<String> names() {
        return names(QueryFilter.newest(1000));
    }
}
