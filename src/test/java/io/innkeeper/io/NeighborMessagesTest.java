package io.innkeeper.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.property.Property;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the kernel tells of its neighbour table, as made by hand, and noise. */
class NeighborMessagesTest {
    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:07").orElseThrow();

    private final List<Neighbor> found = new ArrayList<>();

    private static byte[] message(int family, int state, String address, int flags) {
        byte[] octets = IpAddress.parse(address).orElseThrow().octets();
        int size = 16 + 12 + 4 + octets.length + 4 + 8;
        return ByteBuffer.allocate(size)
                .order(ByteOrder.nativeOrder())
                .putInt(size)
                .putShort((short) 28)
                .putShort((short) 2)
                .putLong(0)
                .putInt(family)
                .putInt(3)
                .putShort((short) state)
                .put((byte) flags)
                .put((byte) 1)
                .putShort((short) (4 + octets.length))
                .putShort((short) 1)
                .put(octets)
                .putShort((short) 10)
                .putShort((short) 2)
                .put(MAC.octets())
                .array();
    }

    private static byte[] end() {
        return ByteBuffer.allocate(20)
                .order(ByteOrder.nativeOrder())
                .putInt(20)
                .putShort((short) 3)
                .array();
    }

    private boolean read(byte[] bytes) {
        return NeighborMessages.read(bytes, bytes.length, found);
    }

    @Test
    void neighboursOfBothFamiliesAreRead() {
        assertThat(read(message(2, 0x02, "192.0.2.7", 0))).isFalse();
        assertThat(read(message(10, 0x04, "fe80::7", 0x80))).isFalse();
        assertThat(read(end())).isTrue();
        assertThat(found)
                .containsExactly(
                        new Neighbor(3, IpAddress.parse("192.0.2.7").orElseThrow(), MAC, true, false),
                        new Neighbor(3, IpAddress.parse("fe80::7").orElseThrow(), MAC, false, true));
    }

    @Test
    void whatTheKernelDoesNotKnowIsLeftOut() {
        for (int state : new int[] {0x01, 0x20, 0x40, 0x80}) {
            read(message(2, state, "192.0.2.7", 0));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void noiseIsNoHarm() {
        byte[] good = message(2, 0x02, "192.0.2.7", 0);
        Property.check(5_000, samples -> {
            byte[] bytes = Arrays.copyOf(good, samples.below(good.length + 40));
            for (int i = samples.below(3); i > 0 && bytes.length > 0; i--) {
                bytes[samples.below(bytes.length)] = samples.octets(1)[0];
            }
            NeighborMessages.read(bytes, bytes.length, new ArrayList<>());
        });
    }

    @Test
    void gatewaysAreReadFromTheRoutes() {
        assertThat(Gateways.parse(List.of(
                        "Iface\tDestination\tGateway \tFlags",
                        "eth0\t00000000\t0102A8C0\t0003",
                        "eth0\t0002A8C0\t00000000\t0001",
                        "nonsense")))
                .containsExactly(IpAddress.parse("192.168.2.1").orElseThrow());
        assertThat(Gateways.parse(List.of())).isEmpty();
    }
}
