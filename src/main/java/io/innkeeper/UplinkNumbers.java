package io.innkeeper;

import io.innkeeper.feed.rdk.tr181.InstanceNumbers;
import io.innkeeper.store.Settings;
import io.innkeeper.store.StoreException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The numbers of interfaces in TR-181, kept in the store. Safe for all threads. */
final class UplinkNumbers {
    private static final Logger LOG = LoggerFactory.getLogger(UplinkNumbers.class);
    private static final String KEY = "lease-monitor.numbers";

    private final Settings settings;
    private final InstantSource clock;
    private final InstanceNumbers numbers;

    /** Reads what is kept. */
    UplinkNumbers(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.numbers = InstanceNumbers.parse(settings.get(KEY).orElse(""));
    }

    /** The number of an interface: the next one where it was never seen, which is then kept. */
    synchronized int of(String ifname) {
        if (numbers.see(ifname)) {
            keep(ifname);
        }
        return numbers.find(ifname).orElseThrow();
    }

    /** A store that does not write costs the memory of the number, not the number. */
    private void keep(String ifname) {
        try {
            settings.put(KEY, numbers.text(), "Innkeeper", clock.instant());
        } catch (StoreException e) {
            LOG.warn("The number of interface {} could not be kept: {}", ifname, e.getMessage());
        }
    }
}
