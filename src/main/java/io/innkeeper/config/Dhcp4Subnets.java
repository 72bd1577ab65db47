package io.innkeeper.config;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds what the subnets of a configuration say. Pure. */
public final class Dhcp4Subnets {
    private Dhcp4Subnets() {}

    /** The subnet that an address is in; null for none. */
    public static @Nullable Prefix prefixOf(Dhcp4Config config, IpAddress address) {
        return config.allSubnets().stream()
                .map(Dhcp4Subnet::prefix)
                .filter(prefix -> prefix.contains(address))
                .findFirst()
                .orElse(null);
    }

    /** The lifetimes that hold in a subnet; those of the whole server where it is null. */
    public static Dhcp4Lifetimes lifetimes(Dhcp4Config config, @Nullable Prefix prefix) {
        Dhcp4Lifetimes global = Dhcp4Lifetimes.USUAL.under(config.level());
        for (Dhcp4SharedNetwork network : config.sharedNetworks()) {
            for (Dhcp4Subnet subnet : network.subnets()) {
                if (subnet.prefix().equals(prefix)) {
                    return global.under(network.level()).under(subnet.level());
                }
            }
        }
        return config.subnets().stream()
                .filter(subnet -> subnet.prefix().equals(prefix))
                .findFirst()
                .map(subnet -> global.under(subnet.level()))
                .orElse(global);
    }

    static String names(Dhcp4Config config) {
        return config.allSubnets().stream()
                .map(subnet -> subnet.prefix().toString())
                .collect(Collectors.joining(", "));
    }
}
