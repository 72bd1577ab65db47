package io.innkeeper.lease;

import io.innkeeper.wire.net.ClientId;
import org.jspecify.annotations.Nullable;

/**
 * One change to the book of our own bindings: what stood at the address before, and what stands there now. Undone by putting
 * {@code before} back.
 *
 * @param kind what happened
 * @param before null where nothing was known of the address
 * @param after what is stored
 * @param atMs when, in milliseconds since 1970
 */
public record BindingChange(Kind kind, @Nullable Binding before, Binding after, long atMs) {
    /**
     * A change that changes nothing: an address that nobody can have is not remembered any more. For finding out whether
     * changes can be stored.
     */
    public static BindingChange ofNothing(long atMs) {
        Binding nobody = new Binding(
                0,
                ClientId.of(new byte[1]),
                false,
                null,
                LeaseState.FORGOTTEN,
                false,
                atMs,
                atMs,
                0,
                null,
                Traits.NONE,
                null);
        return new BindingChange(Kind.FORGOTTEN, null, nobody, atMs);
    }

    /** What can happen. */
    public enum Kind {
        /** The client got the address, or got it back after it had ended. */
        GRANTED,
        /** The client, which holds it, goes on holding it. */
        RENEWED,
        /** The client gave it back, or an administrator took it. */
        RELEASED,
        /** Its time ran out. */
        EXPIRED,
        /** The client, or our own probe, found somebody else using it: set aside. */
        DECLINED,
        /** It is not remembered any more: the address is free. {@code after} is in state FORGOTTEN; a store removes it. */
        FORGOTTEN
    }
}
