package io.innkeeper.arp;

import java.util.List;

/**
 * How the scanner is, at one moment.
 *
 * @param interfaces the names of those listened to
 * @param addresses how many addresses are scanned
 * @param known how many addresses somebody has
 * @param rate packets a second, or {@link ScanPlan#UNLIMITED}
 * @param intervalMs how often known hosts are asked
 * @param paused true where nothing is sent
 * @param sent questions since the start
 * @param lost questions to known hosts that were not answered the first time
 * @param scan the present scan, or the last one
 * @param complaints sentences about what does not work as it should
 */
public record ScanStatus(
        List<String> interfaces,
        int addresses,
        int known,
        int rate,
        long intervalMs,
        boolean paused,
        long sent,
        long lost,
        ScanProgress scan,
        List<String> complaints) {
    /** Nothing is known yet. */
    static final ScanStatus NONE = new ScanStatus(List.of(), 0, 0, 0, 0, false, 0, 0, ScanProgress.NONE, List.of());

    /** Copies the lists. */
    public ScanStatus {
        interfaces = List.copyOf(interfaces);
        complaints = List.copyOf(complaints);
    }
}
