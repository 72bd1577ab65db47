package io.innkeeper.lan;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.dhcp.Arrival;
import io.innkeeper.dhcp.DhcpEngine;
import io.innkeeper.dhcp.Outcome;
import io.innkeeper.dhcp.Plan;
import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingBook;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.lease.BindingStore.NotStoredException;
import io.innkeeper.property.Samples;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.MessageType;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.net.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The loop of the server as {@code DhcpServer} has it: decide a batch, commit it, send; with crashes between the steps. */
final class LanServer {
    /** Where a crash can happen. */
    private enum Crash {
        NONE,
        BEFORE_COMMIT,
        AFTER_COMMIT,
        WHILE_SENDING
    }

    /** What came and waits for the next turn. */
    private record Packet(DhcpMessage message, Arrival arrival) {}

    private record Probe(int address, long answerAtMs) {}

    private final Plan plan;
    private final LanStore store;
    private final Samples samples;
    private final Lan lan;
    private final List<Packet> inbox = new ArrayList<>();
    private final List<Probe> probes = new ArrayList<>();
    private DhcpEngine engine;
    private long downUntilMs;

    /** Packets that could not be answered because of a crash or a full disk, and crashes: a run without any shows little. */
    int crashes;

    int failedCommits;
    int acks;
    int declined;

    LanServer(Plan plan, LanStore store, Samples samples, Lan lan) {
        this.plan = plan;
        this.store = store;
        this.samples = samples;
        this.lan = lan;
        this.engine = started();
    }

    private DhcpEngine started() {
        BindingBook book = new BindingBook(64, samples.below(1_000_000));
        DhcpEngine made = new DhcpEngine(book, plan);
        store.all().values().forEach(book::restore);
        return made;
    }

    /** A packet arrives; a server that is down does not hear it. */
    void arrives(DhcpMessage message, Arrival arrival, long nowMs) {
        if (nowMs >= downUntilMs) {
            inbox.add(new Packet(message, arrival));
        }
    }

    /** One turn of the loop. */
    void turn(long nowMs) {
        if (nowMs < downUntilMs) {
            return;
        }
        List<BindingChange> changes = new ArrayList<>(engine.expire(nowMs, 16));
        List<Outcome> outcomes = new ArrayList<>();
        for (Probe probe : List.copyOf(probes)) {
            if (probe.answerAtMs <= nowMs) {
                probes.remove(probe);
                boolean inUse = lan.isUsed(probe.address, nowMs) && !samples.oneIn(10);
                decided(engine.probed(probe.address, inUse, nowMs), changes, outcomes, nowMs);
            }
        }
        for (Packet packet : inbox) {
            decided(engine.handle(packet.message, packet.arrival, nowMs), changes, outcomes, nowMs);
        }
        inbox.clear();
        finish(changes, outcomes, nowMs);
    }

    private void decided(Outcome outcome, List<BindingChange> changes, List<Outcome> outcomes, long nowMs) {
        changes.addAll(outcome.changes());
        outcomes.add(outcome);
        declined += outcome.verdict() == Outcome.Verdict.DECLINED ? 1 : 0;
        if (outcome.probe() != null) {
            probes.add(new Probe(outcome.probe().address(), nowMs + 300));
        }
    }

    private void finish(List<BindingChange> changes, List<Outcome> outcomes, long nowMs) {
        Crash crash = samples.oneIn(300)
                ? samples.pick(Crash.BEFORE_COMMIT, Crash.AFTER_COMMIT, Crash.WHILE_SENDING)
                : Crash.NONE;
        if (crash == Crash.BEFORE_COMMIT) {
            crash(nowMs);
            return;
        }
        try {
            if (!changes.isEmpty()) {
                store.commit(changes);
            }
        } catch (NotStoredException e) {
            failedCommits++;
            engine.revert(changes);
            checkMemory();
            return;
        }
        if (crash != Crash.AFTER_COMMIT) {
            List<Outcome> sent = crash == Crash.NONE ? outcomes : outcomes.subList(0, outcomes.size() / 2);
            sent.forEach(outcome -> send(outcome, nowMs));
        }
        if (crash != Crash.NONE) {
            crash(nowMs);
        }
        if (!changes.isEmpty()) {
            checkMemory();
        }
    }

    private void send(Outcome outcome, long nowMs) {
        DhcpMessage reply = outcome.reply();
        if (reply == null) {
            return;
        }
        if (reply.type() == MessageType.ACK && reply.yiaddr() != 0) {
            acks++;
            checkStored(reply, nowMs);
        }
        lan.toClient(reply, nowMs);
    }

    private void checkStored(DhcpMessage ack, long nowMs) {
        Binding stored = store.at(ack.yiaddr());
        long untilMs = nowMs + 1_000 * ack.options().u32(OptionCode.LEASE_TIME, 0);
        assertThat(stored)
                .as("at %d ms the ACK of %s to %s is not in the store", nowMs, text(ack.yiaddr()), ack.chaddr())
                .isNotNull()
                .matches(b -> b.isActive() && b.endsAtMs() >= untilMs, "active until the end of the ACK's lease");
        assertThat(stored == null ? null : stored.mac()).isEqualTo(ack.chaddr());
    }

    private static String text(int address) {
        return IpAddress.v4(address).toString();
    }

    private void crash(long nowMs) {
        crashes++;
        inbox.clear();
        probes.clear();
        downUntilMs = nowMs + samples.pick(1, 500, 5_000, 40_000);
        engine = started();
    }

    /** The book in memory says what a restart would find. */
    private void checkMemory() {
        Map<Integer, Binding> memory = new HashMap<>();
        engine.book().forEach(binding -> memory.put(binding.address(), binding));
        assertThat(memory).as("memory and store").isEqualTo(store.all());
    }

    /** What is known of an address. */
    @Nullable
    Binding at(int address) {
        return engine.book().at(address);
    }
}
