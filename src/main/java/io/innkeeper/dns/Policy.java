package io.innkeeper.dns;

import io.innkeeper.config.DnsMode;
import io.innkeeper.config.DnsSafeSearch;
import java.util.Set;

/**
 * What is done for one kind of client: the mode of its listener or group, and the rules of its group.
 *
 * @param group the number of its group in the configuration; -1 for none
 * @param groupName empty for none
 * @param mode what is done with its questions
 * @param listsOn the block lists that count for it now, a bit for each
 * @param filterAaaa true where it gets no IPv6 addresses
 * @param safeSearch the engines that are pinned for it
 */
public record Policy(
        int group, String groupName, DnsMode mode, long listsOn, boolean filterAaaa, Set<DnsSafeSearch> safeSearch) {
    /** Copies the set. */
    public Policy {
        safeSearch = Set.copyOf(safeSearch);
    }

    /** True where local names, rewriting and filters take part. */
    boolean modifies() {
        return mode != DnsMode.PASS_THROUGH;
    }

    /** True where block lists take part. */
    boolean blocks() {
        return mode == DnsMode.BLOCKING;
    }

    Policy withLists(long lists) {
        return new Policy(group, groupName, mode, lists, filterAaaa, safeSearch);
    }
}
