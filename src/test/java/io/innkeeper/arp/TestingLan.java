package io.innkeeper.arp;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** A link in virtual time: hosts that answer a plan's questions a millisecond later, and a record of what was asked. */
final class TestingLan {
    static final long MS = 1_000_000L;
    static final long SECOND = 1_000 * MS;
    static final int LINK = 3;

    /** A question, and when it left. */
    record Asked(long atNanos, Asking question) {}

    private record Answer(long at, IpAddress address, MacAddress mac) {}

    final ScanPlan plan;
    final List<Asked> asked = new ArrayList<>();
    final Map<IpAddress, MacAddress> hosts = new HashMap<>();
    private final PriorityQueue<Answer> answers = new PriorityQueue<>((a, b) -> Long.compare(a.at, b.at));
    private BooleanSupplier lost = () -> false;
    private long lateness;
    long now = -77 * SECOND;

    TestingLan(ScanPlan.Settings settings) {
        plan = new ScanPlan(settings);
    }

    static MacAddress mac(int number) {
        return MacAddress.of(
                MacAddress.ETHERNET,
                new byte[] {2, 0, (byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number});
    }

    static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    /** Packets get lost where this says so. */
    void loses(BooleanSupplier loses) {
        lost = loses;
    }

    /** The loop comes late by as much. */
    void late(long nanos) {
        lateness = nanos;
    }

    /** Somebody has this address. */
    void host(String address, int number) {
        hosts.put(ip(address), mac(number));
    }

    void targets(ScanTarget... targets) {
        plan.targets(List.of(targets), java.util.Set.of(), now);
    }

    static ScanTarget net24() {
        return new ScanTarget(LINK, 0xc0a80101, 254);
    }

    /** Lets time go by. */
    void run(long nanos) {
        long end = now + nanos;
        while (true) {
            step();
            long next = Math.min(plan.nextAt(now), answers.isEmpty() ? Long.MAX_VALUE : answers.peek().at);
            if (next > end) {
                now = end;
                return;
            }
            now = Math.max(next, now) + lateness;
        }
    }

    private void step() {
        while (!answers.isEmpty() && answers.peek().at <= now) {
            Answer one = answers.remove();
            plan.heard(LINK, one.address, one.mac, now);
        }
        for (Asking one = plan.next(now); one != null; one = plan.next(now)) {
            asked.add(new Asked(now, one));
            MacAddress mac = hosts.get(one.address());
            boolean reaches = mac != null && (one.to() == null || one.to().equals(mac));
            if (mac != null && reaches && !lost.getAsBoolean()) {
                answers.add(new Answer(now + MS, one.address(), mac));
            }
        }
        plan.sent(now);
    }

    /** The most questions in any 100 ms. */
    int mostIn100Ms() {
        int most = 0;
        int from = 0;
        for (int to = 0; to < asked.size(); to++) {
            while (asked.get(to).atNanos() - asked.get(from).atNanos() > 100 * MS) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }

    List<Asked> askedFor(String address) {
        return asked.stream()
                .filter(one -> one.question().address().equals(ip(address)))
                .toList();
    }
}
