package io.innkeeper.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A block list.
 *
 * @param list a file or a URL
 * @param name what it is called; null for the end of file or URL
 * @param form how it is written
 * @param refresh how often it is fetched again
 * @param enabled whether it counts
 * @param allow true where its names are not to be blocked
 * @param groups the device groups for which it counts; empty for all devices
 * @param when the times of day when it counts; empty for always
 */
@Doc("A list of names that are blocked.")
public record DnsBlockList(
        @Doc("A file, or an `http` or `https` URL, which is fetched and kept beside the database.")
        @Shorthand
        @Matches(pattern = "^[^\\s].*$", words = "a file or a URL")
        String list,

        @Doc("What it is called in logs and on the page; unique. Without it the last part of file or URL.")
        @Nullable
        @Matches(pattern = "^[^\\u0000-\\u001f]{1,64}$", words = "a name of 1 to 64 characters")
        String name,

        @Doc("How it is written.") @Default("auto") DnsListForm form,

        @Doc("How often it is looked at again; a file is also read when it changes.")
        @Default("1d")
        @Range(min = "1m", max = "365d")
        Duration refresh,

        @Doc("Whether it counts.") @Default("true") boolean enabled,

        @Doc("True for a list of names that are never blocked by other lists.") @Default("false")
        boolean allow,

        @Doc("The groups of devices for which it counts. Empty: all devices.") @OneOrMany
        List<String> groups,

        @Doc("When it counts, in local time: `21:00-07:00`, `mo-fr 08:00-15:00`, `sa,su`. Empty: always.") @OneOrMany
        List<String> when) {

    /** Copies the lists. */
    public DnsBlockList {
        groups = List.copyOf(groups);
        when = List.copyOf(when);
    }

    /** What it is called: its name, or the last part of its file or URL. */
    public String shownName() {
        if (name != null) {
            return name;
        }
        String path = list.replaceFirst("[?#].*$", "").replaceFirst("/+$", "");
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The same list, which counts or does not. */
    DnsBlockList enabled(boolean counts) {
        return counts == enabled ? this : new DnsBlockList(list, name, form, refresh, counts, allow, groups, when);
    }
}
