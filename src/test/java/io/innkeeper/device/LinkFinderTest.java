package io.innkeeper.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is behind a new random hardware address. */
class LinkFinderTest {
    private static final Instant NOW = Instant.parse("2026-11-21T07:00:00Z");
    private static final MacAddress OLD = mac("02:11:11:11:11:11");
    private static final MacAddress OTHER = mac("02:22:22:22:22:22");
    private static final MacAddress NEW = mac("02:33:33:33:33:33");
    private static final Map<String, String> IPHONE = Map.of("parameterRequestList", "1,121,3,6,15,108,114,119,252");
    private static final ClientId DUID =
            ClientId.parse("ff:12:34:56:78:00:01:00:01:aa").orElseThrow();

    private final LinkFinder finder = new LinkFinder();
    private final LinkBook links = new LinkBook(List.of());
    private final Map<MacAddress, Device> known = new HashMap<>();

    private static MacAddress mac(String text) {
        return MacAddress.parse(text).orElseThrow();
    }

    private Device device(
            MacAddress mac, @Nullable String name, Map<String, String> details, Instant first, Instant last) {
        List<Device.SeenName> names =
                name == null ? List.of() : List.of(new Device.SeenName(name, "dhcp4/server", last));
        Device device = new Device(mac, null, null, names, List.of(), first, last, details);
        known.put(mac, device);
        finder.note(device);
        return device;
    }

    /** Known for a month, heard for the last time so long ago. */
    private void left(MacAddress mac, @Nullable String name, Map<String, String> details, Duration ago) {
        device(mac, name, details, NOW.minus(Duration.ofDays(30)), NOW.minus(ago));
    }

    private Optional<DeviceLink> appears(@Nullable String name, Map<String, String> details) {
        return finder.suggest(device(NEW, name, details, NOW, NOW), known::get, links, NOW);
    }

    @Test
    void aPhoneThatChangedItsAddressIsFound() {
        left(OLD, "Ninas-iPhone", IPHONE, Duration.ofMinutes(3));
        left(OTHER, "nas", Map.of(), Duration.ofMinutes(1));
        DeviceLink link = appears("Ninas-iPhone", IPHONE).orElseThrow();
        assertThat(link.to()).isEqualTo(OLD);
        assertThat(link.state()).isEqualTo(DeviceLink.State.SUGGESTED);
        assertThat(link.confidence()).isEqualTo(0.8);
        assertThat(link.reasons())
                .containsExactly(
                        "the same host name Ninas-iPhone",
                        "02:11:11:11:11:11 was not heard any more 3 minutes before",
                        "the same DHCP fingerprint");
    }

    @Test
    void aNameAloneOfLongAgoIsNotEnough() {
        left(OLD, "Ninas-iPhone", Map.of(), Duration.ofDays(10));
        assertThat(appears("Ninas-iPhone", Map.of())).isEmpty();
    }

    @Test
    void aNameThatComesWithTheDeviceIsNotEnough() {
        left(OLD, "iPhone", Map.of(), Duration.ofMinutes(3));
        assertThat(appears("iPhone", Map.of())).isEmpty();
    }

    @Test
    void aFingerprintAloneIsNothing() {
        left(OLD, "a", IPHONE, Duration.ofSeconds(10));
        assertThat(appears("b", IPHONE)).isEmpty();
        assertThat(appears(null, IPHONE)).isEmpty();
    }

    @Test
    void anotherFingerprintSpeaksAgainstIt() {
        left(OLD, "Ninas-iPhone", IPHONE, Duration.ofMinutes(3));
        assertThat(appears("Ninas-iPhone", Map.of("vendorClass", "MSFT 5.0"))).isEmpty();
    }

    @Test
    void whoIsHeardAfterwardsIsAnother() {
        left(OLD, "Ninas-iPhone", IPHONE, Duration.ZERO);
        assertThat(appears("Ninas-iPhone", IPHONE)).isEmpty();
    }

    @Test
    void ofTwoThatFitAlikeNeitherIsSuggested() {
        left(OLD, "Ninas-iPhone", IPHONE, Duration.ofMinutes(3));
        left(OTHER, "Ninas-iPhone", IPHONE, Duration.ofMinutes(9));
        assertThat(appears("Ninas-iPhone", IPHONE)).isEmpty();
        left(OTHER, "Ninas-iPhone", IPHONE, Duration.ofDays(9));
        assertThat(appears("Ninas-iPhone", IPHONE)).isPresent();
    }

    @Test
    void aClientIdentifierIsNearlyCertain() {
        left(OLD, "a", Map.of(), Duration.ofDays(9));
        finder.note(OLD, DUID);
        finder.note(NEW, DUID);
        DeviceLink link = appears(null, Map.of()).orElseThrow();
        assertThat(link.to()).isEqualTo(OLD);
        assertThat(link.confidence()).isEqualTo(0.91);
    }

    @Test
    void anIdentifierMadeOfTheAddressSaysNothing() {
        ClientId hardware = ClientId.ofHardware(OLD);
        finder.note(OLD, hardware);
        assertThat(finder.client(OLD)).isNull();
        finder.note(OLD, DUID);
        assertThat(finder.client(OLD)).isEqualTo(DUID);
    }

    @Test
    void anAddressOfAMakerIsNobodyElse() {
        left(OLD, "Ninas-iPhone", IPHONE, Duration.ofMinutes(3));
        Device made = device(mac("00:11:32:00:00:01"), "Ninas-iPhone", IPHONE, NOW, NOW);
        assertThat(finder.suggest(made, known::get, links, NOW)).isEmpty();
    }

    @Test
    void whatWasRejectedIsNotSuggestedAgain() {
        left(OLD, "Ninas-iPhone", IPHONE, Duration.ofMinutes(3));
        DeviceLink link = appears("Ninas-iPhone", IPHONE).orElseThrow();
        links.enter(link);
        assertThat(appears("Ninas-iPhone", IPHONE))
                .as("it is suggested already")
                .isEmpty();
        links.enter(link.in(DeviceLink.State.REJECTED, NOW));
        assertThat(links.of(NEW)).isNull();
        assertThat(appears("Ninas-iPhone", IPHONE)).isEmpty();
    }

    @Test
    void linksLeadToTheDeviceItself() {
        left(OLD, "Ninas-iPhone", IPHONE, Duration.ofDays(3));
        left(OTHER, "Ninas-iPhone", IPHONE, Duration.ofMinutes(3));
        links.enter(new DeviceLink(OTHER, OLD, DeviceLink.State.CONFIRMED, 1, List.of(), NOW));
        DeviceLink link = appears("Ninas-iPhone", IPHONE).orElseThrow();
        assertThat(link.to()).isEqualTo(OLD);
        assertThat(link.confidence()).as("of the address that just left").isEqualTo(0.8);
    }

    @Test
    void aRingOfLinksHasAnEnd() {
        links.enter(new DeviceLink(OTHER, OLD, DeviceLink.State.CONFIRMED, 1, List.of(), NOW));
        links.enter(new DeviceLink(OLD, OTHER, DeviceLink.State.CONFIRMED, 1, List.of(), NOW));
        assertThat(links.root(OLD)).isIn(OLD, OTHER);
    }
}
