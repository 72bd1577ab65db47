package io.innkeeper.view;

import java.time.Instant;
import java.util.List;

/**
 * How the lease monitor is, as JSON.
 *
 * @param at when that was so
 * @param compatibility whose behaviour counts: {@code none} or {@code rdk}
 * @param orders what can be told to clients: {@code renew}, {@code restart}, {@code release}, as far as a program is configured
 * @param uplinks the interfaces, by their number
 */
public record LeaseMonitorView(Instant at, String compatibility, List<String> orders, List<UplinkView> uplinks) {
    /** Copies the lists. */
    public LeaseMonitorView {
        orders = List.copyOf(orders);
        uplinks = List.copyOf(uplinks);
    }
}
