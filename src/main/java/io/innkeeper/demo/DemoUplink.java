package io.innkeeper.demo;

import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.Container;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.IaNa;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.IaPd;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.Times;
import io.innkeeper.wire.rdk.MessageLayout;
import io.innkeeper.wire.rdk.PluginMessage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The uplink of the household: its DHCP clients renew their leases in time, as plugins tell it, and get another address now and
 * then. The leases are short, so that they can be watched counting down.
 */
public final class DemoUplink implements AutoCloseable {
    private static final String NAME = "wan0";
    private static final long LEASE_S = 300;
    private static final long RENEW_S = LEASE_S / 2;
    private static final int NEW_ADDRESS_ONE_IN = 6;
    private static final Container NOTHING = new Container(false, "");

    private final Consumer<PluginMessage> plugin;
    private final long renewMs;
    private final Thread thread;

    /**
     * An uplink that is not there yet.
     *
     * @param plugin hands a message on, as a client's plugin does; it may wait
     * @param speed how many times faster than real life it lives
     */
    public DemoUplink(Consumer<PluginMessage> plugin, double speed) {
        this.plugin = plugin;
        this.renewMs = Math.max(100, (long) (1_000 * RENEW_S / speed));
        this.thread = Thread.ofVirtual().name("demo-uplink").unstarted(this::loop);
    }

    /** It comes up, and lives on. */
    public void start() {
        thread.start();
    }

    private void loop() {
        try {
            for (int turn = 0; true; turn++) {
                int address = 17 + turn / NEW_ADDRESS_ONE_IN % 200;
                plugin.accept(four(turn == 0 ? "bound" : "renew", address));
                plugin.accept(six());
                TimeUnit.MILLISECONDS.sleep(renewMs);
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    /** What udhcpc's plugin says of an address of the network for documentation (RFC 5737). */
    static Dhcpv4PluginMessage four(String state, int address) {
        return new Dhcpv4PluginMessage(
                MessageLayout.LP64_MAPE,
                NAME,
                NAME,
                true,
                false,
                "203.0.113." + address,
                "255.255.255.0",
                "203.0.113.1",
                "198.51.100.53",
                "198.51.100.54",
                LEASE_S,
                LEASE_S * 7 / 8,
                RENEW_S,
                0,
                false,
                "",
                0,
                0,
                "203.0.113.1",
                state,
                false,
                0,
                "",
                "",
                new Dhcpv4PluginMessage.Mta(false, false, "", "", ""),
                "",
                "",
                "isp.example");
    }

    /** What dibbler's plugin says (RFC 3849). */
    static Dhcpv6PluginMessage six() {
        Times times = new Times(1, LEASE_S * 3 / 2, 2 * LEASE_S, RENEW_S, LEASE_S);
        return new Dhcpv6PluginMessage(
                MessageLayout.LP64_MAPE,
                NAME,
                NAME,
                false,
                new IaNa(true, "2001:db8:0:113::17", times),
                new IaPd(true, "2001:db8:4700::", 56, times),
                true,
                "2001:db8::53",
                "2001:db8::54",
                NOTHING,
                NOTHING,
                NOTHING,
                0,
                "isp.example",
                "",
                "",
                0);
    }

    /** Says nothing more. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
