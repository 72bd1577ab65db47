package io.innkeeper.feed.dnsmasq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.lease.LeaseFact;
import io.innkeeper.wire.dnsmasq.ScriptNotice;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The feed and the words of dnsmasq's script. */
class DnsmasqFeedScriptTest extends FeedKit {
    @Test
    void theScriptAndTheFileTellOneLease() throws Exception {
        write(A);
        DnsmasqFeed feed = start();
        awaitEvents("Added 10.0.0.1");
        String[] add = {
            "action",
            "add",
            "mac",
            mac(2).toString(),
            "ip",
            "10.0.0.2",
            "hostname",
            "b",
            "DNSMASQ_LEASE_EXPIRES",
            String.valueOf(END),
            "DNSMASQ_REQUESTED_OPTIONS",
            "1,3,6",
            "DNSMASQ_VENDOR_CLASS",
            "MSFT 5.0",
            "DNSMASQ_MUD_URL",
            "https://mud.example/",
            "DNSMASQ_TAGS",
            "known lan",
            "DNSMASQ_INTERFACE",
            "br0"
        };
        Map<String, String> details = Map.of(
                "requestedOptions",
                "1,3,6",
                "vendorClass",
                "MSFT 5.0",
                "mudUrl",
                "https://mud.example/",
                "tags",
                "known lan",
                "interface",
                "br0");
        say(feed, add);
        awaitEvents("Added 10.0.0.1", "Added 10.0.0.2");
        assertThat(feed.status().leases()).isEqualTo(2);
        write(B, A);
        await().atMost(LONG).until(() -> feed.status().looks() >= 2);
        awaitCalm(feed, Duration.ofMillis(500));
        assertThat(feed.status().leases()).isEqualTo(2);
        write(C, B, A);
        awaitEvents("Added 10.0.0.1", "Added 10.0.0.2", "Added 10.0.0.3");
        assertThat(sink.lease("10.0.0.2")).extracting(LeaseFact::details).isEqualTo(details);
        say(feed, add);
        say(feed, "action", "old", "mac", mac(3).toString(), "ip", "10.0.0.3", "DNSMASQ_TAGS", "late");
        await().atMost(LONG).until(() -> {
            LeaseFact third = sink.lease("10.0.0.3");
            return third != null && "late".equals(third.details().get("tags"));
        });
        assertThat(sink.events()).hasSize(3);
        write(C, A);
        say(feed, "action", "del", "mac", mac(2).toString(), "ip", "10.0.0.2");
        awaitEvents("Added 10.0.0.1", "Added 10.0.0.2", "Added 10.0.0.3", "Ended 10.0.0.2");
    }

    @Test
    void aDelThatComesLateDoesNotEndTheNextLease() throws Exception {
        write(A, B);
        DnsmasqFeed feed = start();
        awaitEvents("Added 10.0.0.1", "Added 10.0.0.2");
        say(feed, "action", "del", "mac", mac(2).toString(), "ip", "10.0.0.2");
        await().atMost(LONG)
                .until(() -> feed.status().notices() == 1 && feed.status().looks() >= 2);
        rewriteSlowly(A, B);
        awaitCalm(feed, Duration.ofMillis(500));
        assertThat(sink.events()).hasSize(2);
    }

    /** Cut for a moment, in which the reader surely looks. */
    private void rewriteSlowly(String... lines) throws IOException {
        long looks = Objects.requireNonNull(running).status().looks();
        write();
        await().atMost(LONG)
                .until(() -> Objects.requireNonNull(running).status().looks() > looks);
        write(lines);
    }

    @Test
    void whereNoFileIsConfiguredTheScriptIsBelieved() {
        DnsmasqFeed feed = start(null, Duration.ofMillis(200), known(7, "g"));
        say(feed, "action", "add", "mac", mac(1).toString(), "ip", "10.0.0.1", "hostname", "a");
        awaitEvents("Added 10.0.0.1");
        say(feed, "action", "old", "mac", mac(1).toString(), "ip", "10.0.0.1", "hostname", "b");
        awaitEvents("Added 10.0.0.1", "Changed 10.0.0.1");
        say(feed, "action", "del", "ip", "10.0.0.7");
        awaitEvents("Added 10.0.0.1", "Changed 10.0.0.1", "Ended 10.0.0.7");
        assertThat(feed.status().leaseFile()).isNull();
        assertThat(feed.status().leases()).isEqualTo(1);
    }

    @Test
    void whereTheFileIsAwayTheScriptIsBelieved() throws Exception {
        write(A, B);
        DnsmasqFeed feed = start();
        awaitEvents("Added 10.0.0.1", "Added 10.0.0.2");
        Files.delete(file);
        await().atMost(LONG).until(() -> "absent".equals(feed.status().state()));
        say(feed, "action", "del", "ip", "10.0.0.2");
        awaitEvents("Added 10.0.0.1", "Added 10.0.0.2", "Ended 10.0.0.2");
        say(feed, "action", "add", "mac", mac(3).toString(), "ip", "10.0.0.3", "hostname", "c");
        awaitEvents("Added 10.0.0.1", "Added 10.0.0.2", "Ended 10.0.0.2", "Added 10.0.0.3");
    }

    @Test
    void neighboursAreSightingsAndTheRestIsCounted() {
        DnsmasqFeed feed = start(null, Duration.ofMillis(200));
        say(feed, "action", "arp-add", "mac", mac(1).toString(), "ip", "10.0.0.1");
        say(feed, "action", "arp-del", "mac", mac(1).toString(), "ip", "10.0.0.1");
        say(feed, "action", "tftp", "mac", "512", "ip", "10.0.0.1", "hostname", "/srv/x");
        say(feed, "action", "init");
        await().atMost(LONG).until(() -> feed.status().notices() == 4);
        assertThat(sink.sightings()).hasSize(1);
        assertThat(sink.sightings().getFirst().mac()).isEqualTo(mac(1));
        assertThat(sink.reports()).isEmpty();
    }

    @Test
    void manyWordsAtOnceAreTurnedAwayVisibly() {
        DnsmasqFeed feed = start(null, Duration.ofMillis(200));
        feed.close();
        ScriptNotice notice = Objects.requireNonNull(
                ScriptNotice.parse(Map.of("action", "del", "ip", "10.0.0.1")).notice());
        for (int i = 0; i < DnsmasqFeed.NOTICES; i++) {
            assertThat(feed.tell(notice)).isTrue();
        }
        assertThat(feed.tell(notice)).isFalse();
    }
}
