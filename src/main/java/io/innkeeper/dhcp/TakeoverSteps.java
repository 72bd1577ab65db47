package io.innkeeper.dhcp;

import java.util.ArrayList;
import java.util.List;

/** What is to be done on the way from another server to ours, as sentences. Pure. */
final class TakeoverSteps {
    private static final String GO_ON = "Run 'innkeeper takeover' to do it.";
    private static final String SILENCE =
            "Take the lines dhcp-range out of dnsmasq's configuration and restart it, so that it answers no client any more.";

    private TakeoverSteps() {}

    /**
     * The next steps.
     *
     * @param done false where nothing was entered
     * @param open how many leases were entered, or would be
     * @param answering what speaks for it that the other server still answers
     */
    static List<String> next(Mode mode, boolean done, long open, List<String> answering) {
        List<String> steps = new ArrayList<>();
        if (!done && open > 0) {
            steps.add(GO_ON);
        }
        if (mode == Mode.SHADOW) {
            steps.add("Nothing changes for clients yet: the leases wait in Innkeeper's journal for another mode.");
            steps.add(SILENCE);
            steps.add("Run 'innkeeper takeover' once more, for what dnsmasq leased meanwhile.");
            steps.add("Set dhcp4.mode: selective. From then on Innkeeper answers.");
        } else if (!answering.isEmpty()) {
            steps.add("Two servers must not answer on one network. " + SILENCE);
            steps.add("Run 'innkeeper takeover' once more, for what dnsmasq leased meanwhile.");
        } else if (open == 0 || done) {
            steps.add("Innkeeper has what it can have. To see each lease once, end the watch: 'dnsmasq: []'.");
        }
        return steps;
    }
}
