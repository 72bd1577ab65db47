package io.innkeeper.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingBook;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.property.Property;
import io.innkeeper.property.Samples;
import io.innkeeper.scenario.PlanText;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.MessageType;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.dhcp4.Options;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.MacAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * No octets make the engine throw; whatever comes, the book stays sound, and what the engine says it changed is what it
 * changed. With {@code JAZZER_FUZZ=1} the fuzzer searches.
 */
class DhcpEngineFuzzTest {
    private static final long NOW = 1_767_268_800_000L;
    private static final Arrival.Link LINK = new Arrival.Link(2, "eth0", List.of(0xc0a80101));
    private static final String PLAN = """
            set authoritative rapid-commit bootp %s packets-per-client=1000 leases-per-mac=3 leases-per-circuit=3
            class a vendor-class=*a* user-class=*
            option 43=hex:0102
            class b arch=7 host-name=x* random=yes
            access deny client-id=hex:00
            access except mac=02:* for=1h
            option 15="home.arpa" 121=hex:00c0a80101
            subnet 192.168.1.0/24
            option 3=192.168.1.1 6=192.168.1.1
            lifetime 1h least=1s most=infinite
            reserve mac=01:00:00:00:00:00 address=192.168.1.10 name=desk
            reserve host-name=x address=192.168.1.11
            reserve circuit=hex:00 remote=hex:00 address=192.168.1.12
            pool 192.168.1.100-192.168.1.110
            pool 192.168.1.120-192.168.1.121 class=a
            subnet 0.0.0.0/8
            pool 0.0.0.1-0.0.0.9
            """;

    /** The octets are packets, each after two octets of its length; the length's upper bits let time pass. */
    @FuzzTest(maxDuration = "30s")
    void packets(byte[] octets) {
        Sound sound = new Sound(PLAN.formatted("probe-arp probe-icmp"));
        ByteBuffer left = ByteBuffer.wrap(octets);
        while (left.remaining() >= 2) {
            int head = left.getShort();
            byte[] packet = new byte[Math.min(head & 0x7ff, left.remaining())];
            left.get(packet);
            sound.later((head >>> 11 & 0x1f) * 7_000L);
            if (DhcpMessage.parse(packet, 0, packet.length) instanceof DhcpMessage message) {
                sound.take(message, (head & 0x8000) == 0 ? -1 : 0xc0a80101);
            }
        }
    }

    @Test
    void anyMessagesLeaveTheBookSound() {
        Property.check(60, samples -> {
            Sound sound = new Sound(PLAN.formatted(samples.pick("", "probe-arp probe-icmp")));
            for (int i = 0; i < 150; i++) {
                sound.later(samples.pick(0, 0, 10, 900, 30_000, 4_000_000));
                sound.take(message(samples), samples.pick(-1, 0xc0a80101));
                if (samples.oneIn(20)) {
                    sound.revertLast();
                }
            }
        });
    }

    private static DhcpMessage message(Samples samples) {
        Options.Builder options = Options.builder();
        options.put(OptionCode.MESSAGE_TYPE, new byte[] {
            (byte) samples.pick(1, 1, 3, 3, 3, 3, 4, 7, 8, samples.below(20)).intValue()
        });
        for (int i = samples.below(6); i > 0; i--) {
            int code = samples.pick(
                    50, 50, 50, 54, 54, 51, 55, 61, 82, 12, 81, 118, 57, 60, 77, 93, 80, samples.below(254) + 1);
            boolean address = code == OptionCode.REQUESTED_ADDRESS || code == OptionCode.SERVER_ID;
            options.put(code, address ? address(samples, code) : samples.octets(samples.below(12)));
        }
        byte[] mac = {(byte) samples.below(3), 0, 0, 0, 0, (byte) samples.below(6)};
        return new DhcpMessage(
                samples.oneIn(50) ? 2 : 1,
                samples.pick(1, 1, 1, 6),
                samples.oneIn(20) ? null : MacAddress.of(1, mac),
                0,
                samples.below(4),
                0,
                samples.pick(0, 0x8000),
                samples.oneIn(3) ? bits(samples) : 0,
                0,
                0,
                samples.oneIn(5) ? samples.pick(0xc0a80102, 5, samples.below(9_999)) : 0,
                "",
                "",
                options.build());
    }

    private static byte[] address(Samples samples, int code) {
        int bits = code == OptionCode.SERVER_ID && !samples.oneIn(5) ? 0xc0a80101 : bits(samples);
        return ByteBuffer.allocate(4).putInt(bits).array();
    }

    private static int bits(Samples samples) {
        return samples.pick(
                0xc0a80164 + samples.below(12), 0xc0a8010a + samples.below(3), samples.below(12), 0xc0a80178);
    }

    /** An engine under watch. */
    private static final class Sound {
        final BindingBook book = new BindingBook(16, 7);
        final DhcpEngine engine;
        final Map<Integer, Binding> told = new HashMap<>();
        List<BindingChange> last = List.of();
        long nowMs = NOW;

        Sound(String plan) {
            engine = new DhcpEngine(book, PlanText.of(plan));
        }

        void later(long ms) {
            nowMs += ms;
            follow(engine.expire(nowMs, 100));
        }

        void take(DhcpMessage message, int to) {
            Outcome outcome = engine.handle(message, new Arrival(LINK, message.ciaddr(), 68, to), nowMs);
            check(message, outcome);
            Outcome.ProbeRequest probe = outcome.probe();
            if (probe != null && (message.xid() & 1) == 0) {
                check(message, engine.probed(probe.address(), (message.xid() & 2) != 0, nowMs));
            }
        }

        void check(DhcpMessage message, Outcome outcome) {
            follow(outcome.changes());
            DhcpMessage reply = outcome.reply();
            assertThat(reply == null).isEqualTo(outcome.route() == null);
            if (reply != null) {
                byte[] octets = new byte[Outcome.LARGEST_SIZE];
                int length = reply.write(octets, 0, outcome.maxSize());
                assertThat(length).isLessThanOrEqualTo(outcome.maxSize());
                assertThat(DhcpMessage.parse(octets, 0, length)).isInstanceOf(DhcpMessage.class);
                assertThat(reply.xid()).isEqualTo(message.xid());
                if (reply.type() == MessageType.ACK && reply.yiaddr() != 0) {
                    Binding bound = book.at(reply.yiaddr());
                    assertThat(bound != null && bound.isActive())
                            .as("%s", bound)
                            .isTrue();
                }
            }
            assertThat(book.offerCount()).isLessThanOrEqualTo(16);
            memoryIsWhatWasTold();
        }

        void follow(List<BindingChange> changes) {
            last = changes;
            for (BindingChange change : changes) {
                int address = change.after().address();
                assertThat(change.before()).isEqualTo(told.get(address));
                if (change.kind() == BindingChange.Kind.FORGOTTEN) {
                    told.remove(address);
                } else {
                    told.put(address, change.after());
                }
            }
        }

        void revertLast() {
            engine.revert(last);
            for (int i = last.size() - 1; i >= 0; i--) {
                BindingChange change = last.get(i);
                Binding before = change.before();
                if (before == null) {
                    told.remove(change.after().address());
                } else {
                    told.put(change.after().address(), before);
                }
            }
            last = List.of();
            memoryIsWhatWasTold();
        }

        void memoryIsWhatWasTold() {
            Map<Integer, Binding> memory = new HashMap<>();
            book.forEach(binding -> memory.put(binding.address(), binding));
            assertThat(memory).isEqualTo(told);
            Set<List<Object>> holders = new HashSet<>();
            List<ClientId> twice = new ArrayList<>();
            for (Binding binding : memory.values()) {
                boolean first = holders.add(List.of(binding.client(), binding.address() >>> 24));
                if (binding.isActive() && !first && count(memory, binding) > 1) {
                    twice.add(binding.client());
                }
            }
            assertThat(twice).as("clients with two leases in a network").isEmpty();
        }

        private static long count(Map<Integer, Binding> memory, Binding of) {
            return memory.values().stream()
                    .filter(b ->
                            b.isActive() && b.client().equals(of.client()) && b.address() >>> 24 == of.address() >>> 24)
                    .count();
        }
    }
}
