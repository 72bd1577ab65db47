package io.innkeeper;

import io.innkeeper.config.LeaseMonitorV2;
import io.innkeeper.config.SecretText;
import io.innkeeper.feed.rdk.v2.KeyRing;
import io.innkeeper.service.ServiceException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of version 2 of the lease monitor's protocol. Files are read again when somebody asks and the last time was a second
 * ago; one that cannot be read leaves its key as it was. Safe for all threads.
 */
final class LeaseKeys implements Supplier<KeyRing> {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeys.class);
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Map<String, String> environment;
    private final Map<Integer, byte[]> octets = new HashMap<>();
    private Map<String, SecretText> keys;
    private KeyRing ring = KeyRing.EMPTY;
    private @Nullable String complaint;
    private long readNanos;

    /**
     * Reads all keys.
     *
     * @throws ServiceException if one cannot be read, or is no key
     */
    LeaseKeys(Map<String, SecretText> keys, Map<String, String> environment) throws ServiceException {
        this.keys = keys;
        this.environment = environment;
        read();
        if (complaint != null) {
            throw new ServiceException(complaint);
        }
    }

    /** From now on, these keys are valid. */
    synchronized void change(Map<String, SecretText> next) {
        keys = next;
        read();
    }

    /** The keys that are valid now; the same object as long as they are the same. */
    @Override
    public synchronized KeyRing get() {
        if (System.nanoTime() - readNanos >= FRESH_NANOS) {
            read();
        }
        return ring;
    }

    private void read() {
        readNanos = System.nanoTime();
        String wrong = null;
        boolean changed = octets.keySet().removeIf(number -> !keys.containsKey(number.toString()));
        for (Map.Entry<String, SecretText> key : keys.entrySet()) {
            try {
                byte[] now = LeaseMonitorV2.octets(key.getValue(), environment);
                changed |= !Arrays.equals(now, octets.put(Integer.valueOf(key.getKey()), now));
            } catch (IOException e) {
                wrong = "lease-monitor.v2.keys." + key.getKey() + ": " + e.getMessage();
            }
        }
        // Where keys are wanted and none can be read, nobody is let in: never everybody.
        boolean needed = !keys.isEmpty();
        if (changed || needed != ring.isNeeded()) {
            ring = new KeyRing(octets, needed);
            LOG.info("The lease monitor has the {}", ring);
        }
        if (wrong != null && !wrong.equals(complaint)) {
            LOG.warn("A key of the lease monitor cannot be read, and stays as it was: {}", wrong);
        }
        complaint = wrong;
    }

    /** What is wrong with a key; empty where all is well. */
    synchronized Optional<String> complaint() {
        return Optional.ofNullable(complaint);
    }
}
