package io.innkeeper.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.device.naming.Claim;
import io.innkeeper.device.naming.ConflictPolicy;
import io.innkeeper.device.naming.NameBook;
import io.innkeeper.device.naming.NamingSettings;
import io.innkeeper.device.naming.SystemName;
import io.innkeeper.device.naming.TestingRegister;
import io.innkeeper.wire.net.HostNamePattern;
import io.innkeeper.wire.net.HostNames;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Names are valid and unique whatever is said; and one system has one name on every node, where no two want the same. */
class NamesPropertyTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final List<String> PATTERNS = List.of(
            "{prefix}-{mac}",
            "{vendor}-{mac:last3}",
            "{vendor}-{mac:last1}",
            "{mac:last2}",
            "{subnet}-{ip:last}",
            "{type}-{ip}",
            "größe{mac:last1}");
    private static final List<String> SAID = List.of(
            "printer", "Printer", "nas.lan", "host-0200000000", "printer-2", "müller", "4", "*", "", "x".repeat(80));

    private static final List<ConflictPolicy> POLICIES = List.of(ConflictPolicy.values());
    private static final List<Claim> SAYING =
            Arrays.stream(Claim.values()).filter(claim -> claim != Claim.NONE).toList();

    @Test
    void namesAreValidAndUnique() {
        Property.check(400, samples -> {
            Random random = new Random(samples.below(1 << 30));
            TestingRegister node = new TestingRegister(settings(random));
            for (int step = 0; step < 80; step++) {
                MacAddress mac = mac(random.nextInt(24));
                node.know(traits(mac, random));
                String said = random.nextInt(3) == 0
                        ? null
                        : HostNames.clean(said(random)).orElse(null);
                Claim claim = said == null ? Claim.NONE : SAYING.get(random.nextInt(SAYING.size()));
                MacAddress before = random.nextInt(8) == 0 ? mac(random.nextInt(24)) : null;
                NameBook.Wish wish =
                        new NameBook.Wish(mac, said, claim, before == null || before.equals(mac) ? null : before);
                Map<MacAddress, @Nullable String> made = made(node);
                if (random.nextInt(10) == 0) {
                    node.free(new NameBook.Wish(mac, said, said == null ? Claim.NONE : Claim.CLIENT), NOW);
                } else {
                    node.hear(wish, NOW);
                }
                check(node, made);
            }
        });
    }

    private static String said(Random random) {
        return random.nextInt(4) == 0
                ? "host-" + mac(random.nextInt(24)).toString().replace(":", "")
                : SAID.get(random.nextInt(SAID.size()));
    }

    private static NamingSettings settings(Random random) {
        return new NamingSettings(
                POLICIES.get(random.nextInt(POLICIES.size())),
                HostNamePattern.of(PATTERNS.get(random.nextInt(PATTERNS.size())), "host"));
    }

    /** Close to each other, so that parts of them collide. */
    private static MacAddress mac(int number) {
        byte[] octets = {2, 0, (byte) (number % 2), 0, (byte) (number % 3), (byte) (number % 4)};
        octets[1] = (byte) number;
        return MacAddress.of(MacAddress.ETHERNET, octets);
    }

    private static HostNamePattern.Traits traits(MacAddress mac, Random random) {
        return new HostNamePattern.Traits(
                mac,
                random.nextBoolean() ? "Apple, Inc." : null,
                random.nextBoolean() ? "4" : null,
                random.nextBoolean() ? IpAddress.v4(0x0a000000 + random.nextInt(4)) : null,
                null);
    }

    private static Map<MacAddress, @Nullable String> made(TestingRegister node) {
        Map<MacAddress, @Nullable String> made = new HashMap<>();
        node.names().forEach((mac, name) -> made.put(mac, madeFor(name)));
        return made;
    }

    private static @Nullable String madeFor(SystemName name) {
        return name.origin() == io.innkeeper.device.naming.NameOrigin.GENERATED ? name.name() : name.made();
    }

    private static void check(TestingRegister node, Map<MacAddress, @Nullable String> madeBefore) {
        List<String> taken = new ArrayList<>();
        node.names().forEach((mac, name) -> {
            assertThat(name.mac()).isEqualTo(mac);
            assertThat(HostNames.isName(name.name())).as(name.toString()).isTrue();
            taken.add(name.name());
            if (name.made() != null) {
                taken.add(name.made());
            }
            String made = madeBefore.get(mac);
            if (made != null) {
                assertThat(madeFor(name)).as("a made name stays, of " + name).isEqualTo(made);
            }
        });
        assertThat(taken).doesNotHaveDuplicates();
    }

    @Test
    void oneSystemHasOneNameOnEveryNode() {
        Property.check(200, samples -> {
            Random random = new Random(samples.below(1 << 30));
            NamingSettings settings = new NamingSettings(
                    POLICIES.get(random.nextInt(POLICIES.size())),
                    HostNamePattern.of(random.nextBoolean() ? "{prefix}-{mac}" : "{vendor}-{mac:last6}", "host"));
            List<MacAddress> systems = new ArrayList<>();
            Map<MacAddress, HostNamePattern.Traits> known = new HashMap<>();
            for (int i = 0; i < 20; i++) {
                systems.add(mac(i));
                known.put(mac(i), traits(mac(i), random));
            }
            Map<MacAddress, String> one = names(settings, systems, known, random);
            Map<MacAddress, String> other = names(settings, systems, known, random);
            assertThat(other).isEqualTo(one);
        });
    }

    /** Each is heard several times, in an order of this node's own; every second one says a name, each another. */
    private static Map<MacAddress, String> names(
            NamingSettings settings,
            List<MacAddress> systems,
            Map<MacAddress, HostNamePattern.Traits> known,
            Random random) {
        TestingRegister node = new TestingRegister(settings);
        known.values().forEach(node::know);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < systems.size(); i++) {
            Collections.addAll(order, i, i, i);
        }
        Collections.shuffle(order, random);
        for (int i : order) {
            String said = i % 2 == 0 ? "system-" + i : null;
            node.hear(new NameBook.Wish(systems.get(i), said, said == null ? Claim.NONE : Claim.CLIENT), NOW);
        }
        Map<MacAddress, String> names = new HashMap<>();
        systems.forEach(mac -> names.put(
                mac, Objects.requireNonNull(node.of(mac), "it was heard").name()));
        return names;
    }
}
