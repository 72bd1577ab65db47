package io.innkeeper.tell;

import java.util.List;

/**
 * Whom to tell, and how.
 *
 * @param monitors at least one, the preferred first
 * @param balance which of them hears of an interface
 * @param keys to try in this order; none for monitors that want none
 * @param name what the sender is called, for people; at most 64 characters
 * @param stays whether the process stays: then a monitor that failed is left alone for longer
 */
public record DeliveryPlan(
        List<MonitorAddress> monitors, Balance balance, List<SharedKey> keys, String name, boolean stays) {
    /** Copies the lists. */
    public DeliveryPlan {
        monitors = List.copyOf(monitors);
        keys = List.copyOf(keys);
    }
}
