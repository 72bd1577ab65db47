package io.innkeeper.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a system is called or would be called, and why.
 *
 * @param mac which system
 * @param name what it is called; what it would be called if it were heard now; null where too little is known for a name
 * @param origin given, generated or owner; null without a name
 * @param wanted the name that it wishes; null where it wishes none
 * @param reason why it is called so, in words
 * @param since since when; null where it would only be called so
 * @param current true where it is called so, false where it would be
 * @param made the name that was made for it, or would be if it had to be; null where too little is known
 * @param policy who has a name that two want
 * @param pattern how names are made
 */
public record HostNameView(
        String mac,
        @Nullable String name,
        @Nullable String origin,
        @Nullable String wanted,
        String reason,
        @Nullable Instant since,
        boolean current,
        @Nullable String made,
        String policy,
        String pattern) {
    /** The same as sentences for people. */
    public List<String> sentences() {
        String subject = name == null
                ? mac + " has no name yet: " + reason + "."
                : mac + (current ? " is called " : " would be called ") + name + ": " + reason + ".";
        return wanted == null || wanted.equals(name)
                ? List.of(subject)
                : List.of(subject, "It wants to be called " + wanted + ".");
    }
}
