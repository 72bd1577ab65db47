package io.innkeeper.feed.dnsmasq.bus;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A bus, or who is called on it, did not do its part. */
public final class BusException extends IOException {
    private static final long serialVersionUID = 1;
    private static final String REFUSED = "AccessDenied";
    private static final String NO_SUCH_METHOD = "UnknownMethod";

    private final String name;

    /**
     * @param name of the error, as the bus has it, such as {@code org.freedesktop.DBus.Error.AccessDenied}; empty for none
     * @param message for people
     */
    BusException(String name, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.name = name;
    }

    /** The message. */
    String text() {
        return String.valueOf(getMessage());
    }

    /** True where the bus does not let us call. */
    boolean isRefused() {
        return name.endsWith(REFUSED);
    }

    /** True where who was called does not know the method: an older version. */
    boolean isUnknownMethod() {
        return name.endsWith(NO_SUCH_METHOD);
    }
}
