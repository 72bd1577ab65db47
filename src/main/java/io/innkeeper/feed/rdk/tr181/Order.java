package io.innkeeper.feed.rdk.tr181;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a DHCP client can be told, by a parameter that is set to true. */
public enum Order {
    /** Renew the lease now. */
    RENEW("Renew"),
    /** Give the lease back and begin anew. */
    RESTART("X_RDK_Restart"),
    /** Give the lease back and stop. */
    RELEASE("X_RDK_Release");

    private final String parameter;

    Order(String parameter) {
        this.parameter = parameter;
    }

    /** The parameter that asks for it. */
    public String parameter() {
        return parameter;
    }

    /** Its name as a command and as a key, such as {@code renew}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that a parameter of this name asks for; empty where none does. */
    public static Optional<Order> of(String parameter) {
        return Stream.of(values())
                .filter(order -> order.parameter.equals(parameter))
                .findFirst();
    }
}
