package io.innkeeper;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one run of a service has open. Closed in reverse order; one that cannot be closed does not keep the others open. */
final class Kept implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Kept.class);

    private final String whose;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** @param whose it is, for the log: "the DHCP server" */
    Kept(String whose) {
        this.whose = whose;
    }

    /** Keeps something open until {@link #close}. */
    <T extends AutoCloseable> T keep(T resource) {
        open.push(resource);
        return resource;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.warn("Something of {} could not be closed: {}", whose, e.toString());
            }
        }
    }
}
