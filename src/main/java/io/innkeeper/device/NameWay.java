package io.innkeeper.device;

/** How a device is asked for its name, or others for it. */
public enum NameWay {
    /** The device itself hears multicast DNS: everybody on the link is asked, and it answers. */
    MDNS_LINK("mdns"),
    /** Its own responder of multicast DNS is asked alone: where a network does not pass multicasts on. */
    MDNS_DEVICE("mdns"),
    /** A name server is asked. */
    REVERSE_DNS("reverse-dns");

    private final String source;

    NameWay(String source) {
        this.source = source;
    }

    /** The source of a name that was found so, as the API shows it. */
    public String source() {
        return source;
    }

    /**
     * How much a name of this source counts: 0 for what leases say, then multicast DNS, then name servers, which know least of
     * who has an address now.
     */
    static int rank(String source) {
        return source.equals(MDNS_LINK.source) ? 1 : source.equals(REVERSE_DNS.source) ? 2 : 0;
    }
}
