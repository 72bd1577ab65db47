package io.innkeeper.demo;

import io.innkeeper.wire.dnsmasq.LeaseFileContent;
import io.innkeeper.wire.dnsmasq.LeaseLine;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A household whose devices come and go. Random numbers and time are given, so that the same seed is the same household.
 */
final class DemoNetwork {
    /** Leases are short, so that they can be watched counting down. */
    static final long LEASE_SECONDS = 600;

    private static final int NEW_ADDRESS_ONE_IN = 6;

    private static final String[][] THINGS = {
        // name, vendor prefix (IEEE registry), how restless
        {"router", "dc:a6:32", "0"},
        {"nas", "00:11:32", "0"},
        {"printer", "3c:d9:2b", "0.01"},
        {"living-room-tv", "8c:79:f5", "0.03"},
        {"thermostat", "18:b4:30", "0.005"},
        {"doorbell", "fc:65:de", "0.01"},
        {"kitchen-speaker", "b8:27:eb", "0.01"},
        {"homeassistant", "b8:27:eb", "0"},
        {"laptop-anna", "a4:83:e7", "0.08"},
        {"laptop-ben", "3c:22:fb", "0.08"},
        {"workstation", "d8:bb:c1", "0.03"},
        {"vacuum", "50:ec:50", "0.02"},
        {"plug-1", "68:57:2d", "0.005"},
        {"plug-2", "68:57:2d", "0.005"},
        {"camera-garden", "9c:8e:cd", "0.005"},
        {"ESP_4F21B0", "24:0a:c4", "0.03"},
        {"switch-16", "74:83:c2", "0"},
        {"steamdeck", "28:cd:c1", "0.06"},
    };

    private static final String[] PEOPLE = {"Annas-iPhone", "Pixel-8", "Galaxy-S24", "iPad", "Bens-iPhone", "guest"};

    private final RandomGenerator random;
    private final List<DemoDevice> devices = new ArrayList<>();

    /** Present devices, and when the lease of each ends. The newest stands first in the file, as dnsmasq does it. */
    private final Map<DemoDevice, Instant> present = new LinkedHashMap<>();

    DemoNetwork(int count, RandomGenerator random, Instant now) {
        this.random = random;
        for (int i = 0; i < count; i++) {
            devices.add(i < THINGS.length ? thing(i) : phone(i));
        }
        for (DemoDevice device : devices) {
            if (device.restless() < 0.1 || random.nextInt(3) == 0) {
                present.put(device, now.plusSeconds(random.nextLong(60, LEASE_SECONDS)));
            }
        }
    }

    private DemoDevice thing(int i) {
        String[] thing = THINGS[i];
        String mac =
                thing[1] + ":%02x:%02x:%02x".formatted(random.nextInt(256), random.nextInt(256), random.nextInt(256));
        boolean fixed = thing[2].equals("0");
        int host = fixed ? 2 + i : 100 + i;
        boolean hasV6 = i % 3 == 0;
        return device(mac, thing[0], host, fixed, hasV6, Double.parseDouble(thing[2]));
    }

    /** Phones make their hardware address up: the second digit is 2, 6, a or e. */
    private String madeUp() {
        return "%x%c:%02x:%02x:%02x:%02x:%02x"
                .formatted(
                        random.nextInt(16),
                        "26ae".charAt(random.nextInt(4)),
                        random.nextInt(256),
                        random.nextInt(256),
                        random.nextInt(256),
                        random.nextInt(256),
                        random.nextInt(256));
    }

    private DemoDevice phone(int i) {
        String mac = madeUp();
        String name =
                i % 7 == 0 ? null : PEOPLE[i % PEOPLE.length] + (i >= THINGS.length + PEOPLE.length ? "-" + i : "");
        return device(mac, name, 100 + i, false, i % 5 == 0, 0.1 + random.nextDouble() / 5);
    }

    private static DemoDevice device(
            String mac, @Nullable String name, int host, boolean fixed, boolean hasV6, double restless) {
        MacAddress address = MacAddress.parse(mac).orElseThrow();
        ClientId duid = ClientId.of(HexFormat.of().parseHex("00030001" + mac.replace(":", "")));
        IpAddress v4 = IpAddress.v4(0xc0a8_0000 + (1 << 8) + host);
        IpAddress v6 = new IpAddress(true, 0xfd12_3456_789a_0001L, host);
        return new DemoDevice(address, name, v4, fixed, hasV6 ? v6 : null, hasV6 ? duid : null, restless);
    }

    /** One moment: some renew, some come, some go. True where the lease file changes. */
    boolean step(Instant now) {
        boolean changed = present.entrySet().removeIf(lease -> !now.isBefore(lease.getValue()));
        for (ListIterator<DemoDevice> each = devices.listIterator(); each.hasNext(); ) {
            DemoDevice device = each.next();
            Instant ends = present.get(device);
            if (ends == null) {
                if (random.nextDouble() < Math.max(0.004, device.restless() / 20)) {
                    DemoDevice back = returning(device);
                    each.set(back);
                    present.put(back, now.plusSeconds(LEASE_SECONDS));
                    changed = true;
                }
            } else if (random.nextDouble() < device.restless() / 40) {
                present.remove(device);
                changed = true;
            } else if (ends.isBefore(now.plusSeconds(LEASE_SECONDS / 2)) && random.nextInt(10) == 0) {
                present.put(device, now.plusSeconds(LEASE_SECONDS));
                changed = true;
            }
        }
        return changed;
    }

    /** A phone now and then comes back under another hardware address, with the name that it had. */
    private DemoDevice returning(DemoDevice device) {
        boolean phone = device.restless() >= 0.1;
        if (!phone || device.name() == null || random.nextInt(NEW_ADDRESS_ONE_IN) > 0) {
            return device;
        }
        return new DemoDevice(
                MacAddress.parse(madeUp()).orElseThrow(),
                device.name(),
                device.address(),
                device.fixed(),
                device.v6(),
                device.duid(),
                device.restless());
    }

    /** What dnsmasq would have in its file now. */
    LeaseFileContent leases() {
        List<LeaseLine> lines = new ArrayList<>();
        present.forEach((device, ends) -> {
            lines.add(new LeaseLine(
                    ends.getEpochSecond(), device.mac(), device.address(), device.name(), null, null, false));
            IpAddress v6 = device.v6();
            if (v6 != null) {
                lines.add(
                        new LeaseLine(ends.getEpochSecond(), null, v6, device.name(), device.duid(), v6.low(), false));
            }
        });
        ClientId server = ClientId.of(HexFormat.of().parseHex("000100012f1a2b3cdca632000001"));
        return new LeaseFileContent(lines.reversed(), server, Map.of(), List.of(), 0, false);
    }

    /** The lines of dnsmasq's configuration. */
    String configuration() {
        StringBuilder text = new StringBuilder("# The simulated network's dnsmasq\n");
        text.append("dhcp-range=192.168.1.100,192.168.1.250,255.255.255.0,10m\n");
        text.append("dhcp-range=fd12:3456:789a:1::,static,64,10m\n");
        for (DemoDevice device : devices) {
            if (device.fixed()) {
                text.append("dhcp-host=%s,%s,%s\n".formatted(device.mac(), device.address(), device.name()));
            }
        }
        text.append("dhcp-host=00:11:22:33:44:55,192.168.1.60,spare-laptop\n");
        return text.toString();
    }
}
