package io.innkeeper.dns.forward;

import java.util.List;
import java.util.function.Consumer;

/** Checks the signatures of answers (DNSSEC), on a thread of its own. */
public final class Validator implements AutoCloseable {
    /**
     * @param anchors trusted DS or DNSKEY records, as lines of a zone file; empty for those of the root zone
     * @param sink takes each {@link Lookup} and {@link Checked}; must not block
     * @throws IllegalArgumentException for an anchor that cannot be read
     */
    public Validator(List<String> anchors, Consumer<Incoming> sink) {}

    /** Takes work. Never blocks; where too much waits already, the answer is indeterminate. */
    public void accept(ForValidator work) {}

    /** Stops the thread; nothing comes any more. */
    @Override
    public void close() {}
}
