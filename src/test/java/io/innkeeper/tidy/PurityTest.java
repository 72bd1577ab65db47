package io.innkeeper.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Engines take {@code now} and return what should happen; whoever calls them reads the clock, does the I/O, counts and logs. */
class PurityTest {
    /** The engines beside all of wire, lease and most of device. A new engine is entered here. */
    private static final List<String> ENGINES = List.of(
            "io.innkeeper.lease.LeaseBook",
            "io.innkeeper.device.DeviceTable",
            "io.innkeeper.device.naming.NameBook",
            "io.innkeeper.feed.dnsmasq.CutGuard",
            "io.innkeeper.feed.dnsmasq.ToldLeases",
            "io.innkeeper.feed.dnsmasq.Facts",
            "io.innkeeper.feed.rdk.Dhcpv4Client",
            "io.innkeeper.feed.rdk.Dhcpv6Client",
            "io.innkeeper.feed.rdk.LeaseSlate",
            "io.innkeeper.feed.rdk.LeaseDetails",
            "io.innkeeper.feed.rdk.Outcome",
            "io.innkeeper.feed.rdk.v2.Conversation",
            "io.innkeeper.feed.rdk.v2.Doorkeeper",
            "io.innkeeper.feed.rdk.v2.Deliveries",
            "io.innkeeper.feed.rdk.v2.WaitingReports",
            "io.innkeeper.feed.rdk.v2.Aging",
            "io.innkeeper.feed.rdk.v2.KeyRing",
            "io.innkeeper.feed.rdk.v2.ServiceRecords",
            "io.innkeeper.dhcp.DhcpEngine",
            "io.innkeeper.dhcp.PlanIndex",
            "io.innkeeper.dhcp.IndexedSubnet",
            "io.innkeeper.dhcp.SubnetFinder",
            "io.innkeeper.dhcp.AccessPolicy",
            "io.innkeeper.dhcp.ClientMatch",
            "io.innkeeper.dhcp.AddressChoice",
            "io.innkeeper.dhcp.Discovers",
            "io.innkeeper.dhcp.Requests",
            "io.innkeeper.dhcp.Grants",
            "io.innkeeper.dhcp.Replies",
            "io.innkeeper.dhcp.OptionResolver",
            "io.innkeeper.dhcp.OptionSet",
            "io.innkeeper.dhcp.BootProfile",
            "io.innkeeper.dhcp.InstallPlan",
            "io.innkeeper.install.DnsmasqSnippet",
            "io.innkeeper.dhcp.RateLimits",
            "io.innkeeper.dhcp.HostNames",
            "io.innkeeper.dhcp.WaitingClients",
            "io.innkeeper.dhcp.Explainer",
            "io.innkeeper.desk.Decisions",
            "io.innkeeper.dhcp.PassThrough",
            "io.innkeeper.dhcp.LearnedLeases",
            "io.innkeeper.dhcp.Shadow",
            "io.innkeeper.dhcp.ReplyComparison",
            "io.innkeeper.dhcp.RogueWatch",
            "io.innkeeper.dhcp.RefusalLog",
            "io.innkeeper.arp.ScanPlan",
            "io.innkeeper.arp.Pace",
            "io.innkeeper.arp.Ticks",
            "io.innkeeper.arp.DueQueue",
            "io.innkeeper.arp.KnownHosts",
            "io.innkeeper.arp.AddressBlock",
            "io.innkeeper.arp.Sweep",
            "io.innkeeper.arp.Questions",
            "io.innkeeper.arp.RoundOfCalls",
            "io.innkeeper.arp.LossWatch",
            "io.innkeeper.arp.Roster",
            "io.innkeeper.arp.ArpWatch",
            "io.innkeeper.arp.Scope",
            "io.innkeeper.arp.Claims",
            "io.innkeeper.dns.block.ListReader",
            "io.innkeeper.dns.block.RuleSet",
            "io.innkeeper.dns.block.RuleSetBuilder",
            "io.innkeeper.dns.block.HashSorter",
            "io.innkeeper.dns.block.HashTable",
            "io.innkeeper.dns.block.Combinations",
            "io.innkeeper.dns.block.SpecialTable",
            "io.innkeeper.dns.block.NamePattern",
            "io.innkeeper.dns.block.NameScan",
            "io.innkeeper.dns.block.Match",
            "io.innkeeper.dns.block.Condition",
            "io.innkeeper.dns.block.HostsLines",
            "io.innkeeper.dns.block.DomainLines",
            "io.innkeeper.dns.block.AdblockLines",
            "io.innkeeper.dns.block.ZoneLines",
            "io.innkeeper.dns.block.RegexLines",
            "io.innkeeper.dns.block.FormGuess",
            "io.innkeeper.dns.block.LineCutter",
            "io.innkeeper.config.Schedule",
            "io.innkeeper.dns.block.Exceptions",
            "io.innkeeper.dns.block.BlockException",
            "io.innkeeper.dns.block.RefreshTimes",
            "io.innkeeper.dns.DnsEngine",
            "io.innkeeper.dns.DnsCache",
            "io.innkeeper.dns.LocalNames",
            "io.innkeeper.dns.Visitors",
            "io.innkeeper.dns.Clients",
            "io.innkeeper.dns.Cookies",
            "io.innkeeper.dns.Delivery",
            "io.innkeeper.dns.BlockStep",
            "io.innkeeper.dns.RewriteStep",
            "io.innkeeper.dns.AccessStep",
            "io.innkeeper.dns.LocalStep",
            "io.innkeeper.dns.DnsPlanBuilder",
            "io.innkeeper.dns.forward.Forwarder",
            "io.innkeeper.dns.forward.UpstreamChoice",
            "io.innkeeper.dns.forward.UpstreamHealth",
            "io.innkeeper.dns.forward.AttemptTable",
            "io.innkeeper.dns.forward.RouteTable",
            "io.innkeeper.dns.forward.OpenQuestion",
            "io.innkeeper.dns.forward.Attempt",
            "io.innkeeper.dns.forward.QueryMessage",
            "io.innkeeper.dns.forward.ForwardPlan",
            "io.innkeeper.config.UpstreamAddress",
            "io.innkeeper.feed.rdk.Deadlines",
            "io.innkeeper.feed.rdk.LeaseInfo",
            "io.innkeeper.feed.rdk.tr181.DataModel",
            "io.innkeeper.feed.rdk.tr181.Dhcpv4Object",
            "io.innkeeper.feed.rdk.tr181.Dhcpv6Object",
            "io.innkeeper.feed.rdk.tr181.IpInterfaceObject",
            "io.innkeeper.feed.rdk.tr181.ReceivedOptions",
            "io.innkeeper.feed.rdk.tr181.Selection",
            "io.innkeeper.feed.rdk.tr181.ParameterPath",
            "io.innkeeper.feed.rdk.tr181.InstanceNumbers",
            "io.innkeeper.tell.MonitorChoice",
            "io.innkeeper.tell.Dispatch",
            "io.innkeeper.tell.FirstConversation",
            "io.innkeeper.tell.SecondConversation",
            "io.innkeeper.tell.SpoolMessage",
            "io.innkeeper.tell.spool.SpoolBook",
            "io.innkeeper.tell.spool.SpoolLane",
            "io.innkeeper.tell.spool.SpoolFormat",
            "io.innkeeper.tell.spool.SpoolHead",
            "io.innkeeper.security.AccessGate");

    private static final List<String> FORBIDDEN_PACKAGES = List.of(
            "java.io.",
            "java.nio.file.",
            "java.nio.channels.",
            "java.net.",
            "java.util.concurrent.",
            "java.util.random.",
            "org.slf4j.",
            "io.prometheus.");

    private static final Set<String> FORBIDDEN_CLASSES = Set.of(
            "java.lang.Thread",
            "java.lang.Runtime",
            "java.lang.ProcessBuilder",
            "java.util.Random",
            "java.util.Timer",
            "java.security.SecureRandom",
            "java.time.Clock",
            "java.time.InstantSource");

    /** Values and calculations without a socket behind them. */
    private static final Set<String> HARMLESS =
            Set.of("java.net.IDN", "java.net.URI", "java.net.URISyntaxException", "java.io.Serializable");

    private static final Set<String> FORBIDDEN_CALLS =
            Set.of("nanoTime", "currentTimeMillis", "getenv", "getProperty", "exit");

    @ParameterizedTest
    @MethodSource("engines")
    void enginesTouchNothingOfTheWorld(String engine) {
        List<JavaClass> classes = Code.withNested(engine);
        assertThat(classes)
                .as("%s was renamed? Then rename it here too", engine)
                .isNotEmpty();
        assertThat(classes.stream().flatMap(type -> impurities(type).stream()))
                .as("an engine takes `now` and returns what should happen; the loop around it does the rest")
                .isEmpty();
    }

    static Stream<String> engines() {
        Stream<String> whole = Code.MAIN.stream()
                .filter(type -> type.getPackageName().startsWith("io.innkeeper.wire.")
                        || type.getPackageName().equals("io.innkeeper.lease"))
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .map(JavaClass::getName);
        return Stream.concat(ENGINES.stream(), whole).distinct();
    }

    private static List<String> impurities(JavaClass type) {
        List<String> found = new ArrayList<>();
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            String target = dependency.getTargetClass().getBaseComponentType().getName();
            boolean forbidden = FORBIDDEN_CLASSES.contains(target)
                    || FORBIDDEN_PACKAGES.stream().anyMatch(target::startsWith);
            if (forbidden && !HARMLESS.contains(target)) {
                found.add(dependency.getDescription());
            }
        }
        for (JavaAccess<?> call : type.getAccessesFromSelf()) {
            String owner = call.getTargetOwner().getName();
            boolean now = owner.startsWith("java.time.") && call.getName().equals("now");
            if (now || (owner.equals("java.lang.System") && FORBIDDEN_CALLS.contains(call.getName()))) {
                found.add(call.getDescription());
            }
        }
        return found;
    }

    static final class ReadsTheClock {
        Instant at() {
            return Instant.now();
        }
    }

    static final class CountsNanos {
        long at() {
            return System.nanoTime();
        }
    }

    static final class Draws {
        int any() {
            return new Random().nextInt();
        }
    }

    static final class Waits {
        void here() {
            Thread.onSpinWait();
        }
    }

    static final class Reads {
        java.nio.file.@org.jspecify.annotations.Nullable Path path;
    }

    @ParameterizedTest
    @ValueSource(classes = {ReadsTheClock.class, CountsNanos.class, Draws.class, Waits.class, Reads.class})
    void theRuleCanFail(Class<?> impure) {
        assertThat(impurities(Code.test(impure))).isNotEmpty();
    }

    @Test
    void theRuleSeesAllOfWire() {
        assertThat(engines()).contains("io.innkeeper.wire.net.IpAddress", "io.innkeeper.wire.dnsmasq.LeaseFile");
    }
}
