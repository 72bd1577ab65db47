package io.innkeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.event.Event;
import io.innkeeper.event.EventDraft;
import io.innkeeper.event.EventLog;
import io.innkeeper.event.EventType;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a dnsmasq logs or tells its script shows that it told a marked machine what to boot. */
class ServedByDnsmasqTest {
    private static final String MAC = "02:00:00:00:00:01";
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final EventLog log = new EventLog(0, 100);

    private ServedByDnsmasq follower() {
        return new ServedByDnsmasq(log, (mac, profile, by) -> heard.add(mac + " " + profile + " " + by));
    }

    private static EventDraft draft(EventType type, String body) {
        return new EventDraft(type, Instant.EPOCH, MAC, body);
    }

    private static Event event(EventType type, String body) {
        return draft(type, body).numbered(1);
    }

    @Test
    void theTagsOfAnAnswerTell() {
        ServedByDnsmasq follower = follower();
        follower.take(event(EventType.DHCP_ACK, """
                {"mac":"%s","source":"home","tags":["innkeeper-profile-debian","innkeeper-netboot","known"]}""".formatted(MAC)));
        follower.take(event(EventType.LEASE_ADDED, """
                {"lease":{"mac":"%s","source":"home","details":{"tags":"innkeeper-netboot innkeeper-profile-a lan"}}}""".formatted(MAC)));
        follower.take(event(EventType.DHCP_ACK, """
                {"mac":"%s","tags":"innkeeper-profile-b, innkeeper-netboot, lan"}""".formatted(MAC)));
        assertThat(heard).containsExactly(MAC + " debian dnsmasq/home", MAC + " a dnsmasq/home", MAC + " b dnsmasq");
    }

    @Test
    void otherEventsDoNot() {
        ServedByDnsmasq follower = follower();
        String tags = "\"tags\":[\"innkeeper-profile-debian\",\"innkeeper-netboot\"]";
        follower.take(event(EventType.DHCP_OFFER, "{\"mac\":\"" + MAC + "\"," + tags + "}"));
        follower.take(event(EventType.DHCP_ACK, "{\"mac\":\"nobody\"," + tags + "}"));
        follower.take(event(EventType.DHCP_ACK, "{\"mac\":\"" + MAC + "\",\"tags\":[\"innkeeper-profile-debian\"]}"));
        follower.take(event(
                EventType.DHCP_ACK, "{\"mac\":\"" + MAC + "\",\"tags\":[\"innkeeper-over\",\"innkeeper-netboot\"]}"));
        assertThat(heard).isEmpty();
    }

    @Test
    void theStreamIsFollowed() {
        try (ServedByDnsmasq follower = follower()) {
            follower.start();
            await().until(() -> {
                log.append(List.of(draft(EventType.DHCP_ACK, """
                                {"mac":"%s","tags":["innkeeper-profile-debian","innkeeper-netboot"]}""".formatted(MAC))), events -> {});
                return !heard.isEmpty();
            });
        }
    }
}
