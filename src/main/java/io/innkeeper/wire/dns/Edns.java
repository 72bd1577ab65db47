package io.innkeeper.wire.dns;

import io.innkeeper.wire.net.Octets;
import java.util.List;
import java.util.Optional;

/**
 * What the OPT record of a message says (RFC 6891 §6.1).
 *
 * @param udpSize the largest UDP payload its sender takes, in octets, as it was sent: less than 512 means 512
 * @param version 0 is all that is specified
 * @param dnssecOk the DO bit (RFC 3225)
 * @param extendedRcode the upper eight bits of the response code
 * @param options in their order
 */
public record Edns(int udpSize, int version, boolean dnssecOk, int extendedRcode, List<EdnsOption> options) {
    /** The DO bit among the 16 flags. */
    static final int DNSSEC_OK = 0x8000;

    /** The octets of an OPT record without options. */
    static final int MIN_LENGTH = 11;

    /** Copies the list. */
    public Edns {
        options = List.copyOf(options);
    }

    /** Version 0 without options. */
    public static Edns of(int udpSize, boolean dnssecOk) {
        return new Edns(udpSize, 0, dnssecOk, 0, List.of());
    }

    /** The data of the first option with that code. */
    public Optional<Octets> option(int code) {
        return options.stream()
                .filter(option -> option.code() == code)
                .map(EdnsOption::data)
                .findFirst();
    }

    /** The same with these options. */
    public Edns withOptions(List<EdnsOption> others) {
        return new Edns(udpSize, version, dnssecOk, extendedRcode, others);
    }
}
