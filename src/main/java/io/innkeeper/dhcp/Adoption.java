package io.innkeeper.dhcp;

import io.innkeeper.lease.BindingChange;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a lease of another server when its clients are taken over.
 *
 * @param kind what
 * @param reason why it is refused; empty for the others
 * @param endsAtMs when it ends with us, {@link io.innkeeper.lease.Binding#NEVER} for never; 0 where it is refused
 * @param change what was entered in the book and is to be stored; null where nothing was
 */
public record Adoption(
        Kind kind, String reason, long endsAtMs, @Nullable BindingChange change) {
    /** What can become of it. */
    public enum Kind {
        /** The book gets it. */
        ADOPTED,
        /** The book had it with an earlier end. */
        EXTENDED,
        /** The book has it. */
        KNOWN,
        /** The book cannot have it. */
        REFUSED;

        /** As in JSON. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Adoption refused(String reason) {
        return new Adoption(Kind.REFUSED, reason, 0, null);
    }
}
