package io.innkeeper.dhcp;

import static io.innkeeper.wire.dhcp4.MessageType.ACK;
import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.property.Samples;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.MessageType;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.dhcp4.OptionRegistry;
import io.innkeeper.wire.dhcp4.Options;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Messages, arrivals and a plan for the tests of the modes: 192.168.1.0/24 on eth0, where we are .2 and dnsmasq is .1. */
final class ModesKit {
    static final long T0 = 1_800_000_000_000L;
    static final int US = ip("192.168.1.2");
    static final int REAL = ip("192.168.1.1");
    static final int UPSTREAM = ip("10.0.0.1");
    /** The address that passes through in tests of that. */
    static final int LEASED = ip("192.168.1.50");

    static final Arrival.Link ETH0 = new Arrival.Link(2, "eth0", List.of(US));
    static final Arrival.Link ETH1 = new Arrival.Link(3, "eth1", List.of(ip("10.0.0.2")));
    static final Arrival BROADCAST = new Arrival(ETH0, 0, 68, -1);
    static final Arrival FROM_UPSTREAM = new Arrival(ETH1, UPSTREAM, 67, US);
    static final MacAddress MAC = mac("02:00:00:00:00:01");

    private ModesKit() {}

    static int ip(String text) {
        return (int) IpAddress.parse(text).orElseThrow().low();
    }

    static MacAddress mac(String text) {
        return MacAddress.parse(text).orElseThrow();
    }

    static MacAddress mac(int number) {
        return MacAddress.of(1, new byte[] {
            2, 0, (byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number
        });
    }

    /** The fields of a message that tests set. */
    static final class Draft {
        int op;
        MacAddress chaddr = MAC;
        int hops;
        int xid = 0x1234;
        int flags;
        int ciaddr;
        int yiaddr;
        int siaddr;
        int giaddr;
        String file = "";
        final Options.Builder options = Options.builder();

        private Draft(int op, @Nullable MessageType type) {
            this.op = op;
            if (type != null) {
                options.putU8(OptionCode.MESSAGE_TYPE, type.code());
            }
        }

        DhcpMessage message() {
            return new DhcpMessage(
                    op, 1, chaddr, hops, xid, 0, flags, ciaddr, yiaddr, siaddr, giaddr, "", file, options.build());
        }
    }

    static DhcpMessage request(@Nullable MessageType type, Consumer<Draft> more) {
        Draft draft = new Draft(DhcpMessage.REQUEST, type);
        more.accept(draft);
        return draft.message();
    }

    static DhcpMessage reply(@Nullable MessageType type, Consumer<Draft> more) {
        Draft draft = new Draft(DhcpMessage.REPLY, type);
        more.accept(draft);
        return draft.message();
    }

    /** What a server grants: an hour, by this server. */
    static DhcpMessage granted(MessageType type, int address, int server, Consumer<Draft> more) {
        return reply(type, draft -> {
            draft.yiaddr = address;
            draft.options.put(OptionCode.SERVER_ID, server);
            draft.options.put(OptionCode.LEASE_TIME, 3_600);
            draft.options.put(OptionCode.SUBNET_MASK, ip("255.255.255.0"));
            more.accept(draft);
        });
    }

    /** A plan with the pool .100 to .199, these options and reservations. */
    static Plan plan(Map<Integer, OptionEntry> options, List<Plan.Reserved> reservations, Plan.Access access) {
        Layer.Lifetime hour = new Layer.Lifetime(3_600, 60, 3_600, 0, 0, "test");
        Plan.Pool pool = new Plan.Pool(
                "pool", ip("192.168.1.100"), ip("192.168.1.199"), List.of(), Set.of(), Layer.NOTHING, "test");
        Plan.Subnet subnet = new Plan.Subnet(
                "192.168.1.0/24",
                ip("192.168.1.0"),
                24,
                Layer.NOTHING,
                List.of(pool),
                reservations,
                Set.of(),
                Set.of(),
                null,
                Plan.Access.EVERYBODY,
                "test");
        return new Plan(
                Mode.SHADOW,
                true,
                false,
                true,
                false,
                60_000,
                60_000,
                List.of(new Plan.Network("lan", Layer.NOTHING, List.of(subnet))),
                new Layer("global", options, hour, null),
                List.of(),
                access,
                Plan.Limits.USUAL,
                Plan.Probe.NONE,
                List.of(),
                Set.of(),
                OptionRegistry.IANA);
    }

    /** Any message: addresses, types and options of a small world, so that messages meet each other, and odd ones. */
    static DhcpMessage any(Samples s) {
        MessageType type = s.oneIn(8) ? null : s.pick(MessageType.values());
        int[] world = {
            0, -1, US, REAL, UPSTREAM, ip("192.168.1.100"), ip("192.168.1.101"), ip("172.16.0.9"), s.below(1 << 30)
        };
        Draft draft = new Draft(s.pick(DhcpMessage.REQUEST, DhcpMessage.REPLY), type);
        draft.xid = s.below(3);
        draft.hops = s.pick(0, 1, 15, 16, 255);
        draft.flags = s.pick(0, DhcpMessage.BROADCAST, 0xffff);
        draft.ciaddr = world[s.below(world.length)];
        draft.yiaddr = world[s.below(world.length)];
        draft.giaddr = s.oneIn(2) ? 0 : world[s.below(world.length)];
        for (int i = s.below(8); i > 0; i--) {
            int code = s.oneIn(2) ? 1 + s.below(254) : s.pick(50, 51, 54, 55, 57, 58, 60, 61, 77, 80, 81, 82, 12, 3, 6);
            if (code == OptionCode.MESSAGE_TYPE && type != null) {
                continue;
            }
            draft.options.put(
                    code,
                    s.oneIn(3)
                            ? IpAddress.v4(world[s.below(world.length)]).octets()
                            : s.octets(s.below(s.oneIn(9) ? 700 : 20)));
        }
        DhcpMessage m = draft.message();
        MacAddress mac = s.oneIn(5) ? null : s.oneIn(3) ? s.mac() : mac(s.below(4));
        return new DhcpMessage(
                m.op(),
                mac == null ? 0 : mac.hardwareType() & 0xff,
                mac,
                m.hops(),
                m.xid(),
                s.below(65_536),
                m.flags(),
                m.ciaddr(),
                m.yiaddr(),
                m.siaddr(),
                m.giaddr(),
                s.oneIn(5) ? s.text(20) : "",
                s.oneIn(5) ? s.text(20) : "",
                m.options());
    }

    /** Any way a message can come. */
    static Arrival arrival(Samples s) {
        Arrival.Link link = s.pick(ETH0, ETH1, Arrival.Link.NONE, new Arrival.Link(9, "ppp0", List.of()));
        return new Arrival(
                link, s.pick(0, REAL, UPSTREAM, ip("172.16.0.9")), s.pick(67, 68, 1), s.pick(-1, 0, US, REAL));
    }

    static PassThrough passThrough(PassThrough.Settings settings) {
        PassThrough passThrough = new PassThrough(settings);
        passThrough.links(List.of(ETH0, ETH1));
        return passThrough;
    }

    static PassThrough usual() {
        return passThrough(PassThrough.Settings.of(List.of(UPSTREAM)));
    }

    static PassedOn.ToServers on(PassedOn passed) {
        assertThat(passed).isInstanceOf(PassedOn.ToServers.class);
        return (PassedOn.ToServers) passed;
    }

    static PassedOn.ToClient back(PassedOn passed) {
        assertThat(passed).isInstanceOf(PassedOn.ToClient.class);
        return (PassedOn.ToClient) passed;
    }

    static DhcpMessage ack() {
        return granted(ACK, LEASED, UPSTREAM, d -> d.giaddr = US);
    }
}
