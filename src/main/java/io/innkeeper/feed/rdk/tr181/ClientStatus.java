package io.innkeeper.feed.rdk.tr181;

import io.innkeeper.feed.rdk.Deadlines;
import io.innkeeper.feed.rdk.Dhcpv4Client;
import java.time.Instant;

/** Where a DHCPv4 client stands, in the words of TR-181 ({@code DHCPStatus}). */
public enum ClientStatus {
    /** It has no lease, and nothing was heard of looking for one. */
    INIT("Init"),
    /** It looks for a server, and did not find one. */
    SELECTING("Selecting"),
    /** It asked a server. No plugin tells of that, so it is never seen here. */
    REQUESTING("Requesting"),
    /** T2 has passed, and nothing was heard since: it asks any server. */
    REBINDING("Rebinding"),
    /** It has a lease. */
    BOUND("Bound"),
    /** T1 has passed, and nothing was heard since: it asks its server. */
    RENEWING("Renewing");

    private final String text;

    ClientStatus(String text) {
        this.text = text;
    }

    /** The word. */
    public String text() {
        return text;
    }

    /** Of a client, as it is now. */
    public static ClientStatus of(Dhcpv4Client.Shown shown, Instant now) {
        Deadlines.Stage stage =
                Deadlines.of(shown).map(deadlines -> deadlines.stage(now)).orElse(Deadlines.Stage.OVER);
        return switch (stage) {
            case BOUND -> BOUND;
            case RENEWING -> RENEWING;
            case REBINDING -> REBINDING;
            case OVER ->
                switch (shown.phase()) {
                    case FAILED -> SELECTING;
                    case NONE, BOUND, RENEWED, ENDED, EXPIRED -> INIT;
                };
        };
    }
}
