package io.innkeeper.config;

import io.innkeeper.wire.dhcp4.OptionRegistry;
import io.innkeeper.wire.net.HostNamePattern;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one key alone cannot tell: rules between keys, and things worth a warning. */
final class ConfigCheck {
    private final ConfigPlaces places;

    ConfigCheck(ConfigPlaces places) {
        this.places = places;
    }

    /** Checks the sections that could be read; the others have their errors already. */
    void check(Map<String, @Nullable Object> sections) {
        if (sections.get("dnsmasq") instanceof List<?> sources) {
            new DnsmasqCheck(places)
                    .check(sources.stream().map(DnsmasqSource.class::cast).toList());
        }
        if (sections.get("dhcp4") instanceof Dhcp4Config dhcp4) {
            new Dhcp4Check(places, dhcp4).check();
        }
        if (sections.get("dns") instanceof DnsConfig dns) {
            new DnsCheck(places, dns).check();
        }
        if (sections.get("devices") instanceof DevicesConfig devices) {
            presence(devices.presence());
            hostnames(devices.hostnames());
        }
        if (sections.get("arp") instanceof ArpConfig arp) {
            arp(arp);
        }
        if (sections.get("lease-monitor") instanceof LeaseMonitorConfig monitor) {
            new LeaseMonitorCheck(places, monitor).check();
        }
        if (sections.get("outbound") instanceof OutboundConfig outbound) {
            new OutboundCheck(places).check(outbound);
        }
        if (sections.get("install") instanceof InstallConfig install) {
            OptionRegistry options = sections.get("dhcp4") instanceof Dhcp4Config dhcp4
                    ? Dhcp4OptionValues.registryOf(dhcp4)
                    : OptionRegistry.IANA;
            new InstallCheck(places, options).check(install);
        }
        if (sections.get("api") instanceof ApiConfig api) {
            api(api);
        }
    }

    private void api(ApiConfig api) {
        if (!api.listen().isLoopback()) {
            places.warning("api.listen", api.listen() + " can be reached from other machines, and there is no login");
        }
        GrpcConfig grpc = api.grpc();
        if (grpc != null && !grpc.listen().isLoopback()) {
            places.warning("api.grpc", grpc.listen() + " can be reached from other machines, and there is no login");
        }
    }

    private void presence(DevicePresence presence) {
        if (presence.idleAfter().compareTo(presence.offlineAfter()) >= 0) {
            places.error(
                    "devices.presence.offline-after",
                    "is " + DurationText.write(presence.offlineAfter())
                            + "; it must be longer than idle-after, which is "
                            + DurationText.write(presence.idleAfter()));
        }
    }

    private void hostnames(DeviceHostnames hostnames) {
        try {
            HostNamePattern.checkPrefix(hostnames.prefix());
        } catch (IllegalArgumentException e) {
            places.error("devices.hostnames.prefix", String.valueOf(e.getMessage()));
            return;
        }
        try {
            HostNamePattern.of(hostnames.pattern(), hostnames.prefix());
        } catch (IllegalArgumentException e) {
            places.error("devices.hostnames.pattern", String.valueOf(e.getMessage()));
        }
    }

    private void arp(ArpConfig arp) {
        places.each("arp.ranges", arp.ranges(), (path, range) -> {
            if (range.size() > ArpConfig.MOST_ADDRESSES) {
                places.error(
                        path,
                        range + " has " + range.size() + " addresses; a range has at most " + ArpConfig.MOST_ADDRESSES
                                + ", as many as a /16");
            }
        });
        if (arp.rate() > ArpConfig.GENTLE_RATE) {
            places.warning(
                    "arp.rate",
                    arp.rate() + " packets a second are more than the " + ArpConfig.GENTLE_RATE
                            + " of arp-scan; broadcasts are heard by everybody on the network");
        }
        if (arp.sweep().compareTo(arp.interval()) < 0) {
            places.warning("arp.sweep", "addresses of nobody are asked for more often than known hosts are");
        }
    }
}
