package io.innkeeper.feed.rdk;

import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.Container;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.IaNa;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.IaPd;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.Times;
import io.innkeeper.wire.rdk.MessageLayout;
import io.innkeeper.wire.rdk.PluginMessage;
import java.util.List;
import java.util.Map;

/** Messages as the plugins make them of a client's environment. */
final class PluginWords {
    private static final Container NOTHING = new Container(false, "");

    private PluginWords() {}

    static PluginMessage of(String ifname, String action, Map<String, String> environment) {
        return List.of("bound", "renew", "deconfig", "leasefail").contains(action)
                ? v4(ifname, action, environment)
                : v6(ifname, !List.of("add", "update").contains(action), environment);
    }

    private static Dhcpv4PluginMessage v4(String ifname, String action, Map<String, String> environment) {
        boolean lease = action.equals("bound") || action.equals("renew");
        return new Dhcpv4PluginMessage(
                MessageLayout.LP64_MAPE,
                ifname,
                ifname,
                lease,
                !lease,
                environment.getOrDefault("ip", ""),
                environment.getOrDefault("subnet", ""),
                environment.getOrDefault("router", ""),
                environment.getOrDefault("dns", ""),
                "",
                number(environment, "lease"),
                number(environment, "rebindingtime"),
                number(environment, "renewaltime"),
                0,
                false,
                "",
                0,
                0,
                environment.getOrDefault("serverid", ""),
                action,
                false,
                0,
                "",
                "",
                new Dhcpv4PluginMessage.Mta(false, false, "", "", ""),
                "",
                environment.getOrDefault("hostname", ""),
                environment.getOrDefault("domain", ""));
    }

    private static Dhcpv6PluginMessage v6(String ifname, boolean expired, Map<String, String> environment) {
        String dns = environment.getOrDefault("SRV_OPTION23", "");
        return new Dhcpv6PluginMessage(
                MessageLayout.LP64_MAPE,
                ifname,
                ifname,
                expired,
                new IaNa(
                        environment.containsKey("ADDR1"),
                        environment.getOrDefault("ADDR1", ""),
                        times(environment, "ADDR1")),
                new IaPd(
                        environment.containsKey("PREFIX1"),
                        environment.getOrDefault("PREFIX1", ""),
                        number(environment, "PREFIX1LEN"),
                        times(environment, "PREFIX1")),
                !dns.isEmpty(),
                dns,
                "",
                NOTHING,
                NOTHING,
                NOTHING,
                0,
                environment.getOrDefault("SRV_OPTION24", ""),
                "",
                "",
                0);
    }

    private static Times times(Map<String, String> environment, String prefix) {
        return new Times(
                number(environment, prefix + "IAID"),
                number(environment, prefix + "PREF"),
                number(environment, prefix + "VALID"),
                number(environment, prefix + "T1"),
                number(environment, prefix + "T2"));
    }

    private static long number(Map<String, String> environment, String name) {
        return Long.parseLong(environment.getOrDefault(name, "0"));
    }
}
