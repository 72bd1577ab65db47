package io.innkeeper.dns;

import io.innkeeper.dns.forward.Asked;
import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.DnsRecord;
import io.innkeeper.wire.dns.Rdata;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.IpAddress;
import java.util.ArrayList;
import java.util.List;

/** What upstreams say, before it is kept: names behind aliases, and private addresses that have no place there. */
final class Answers {
    /**
     * An answer that was looked at.
     *
     * @param response the message, without what may not be in it
     * @param aliases the names that it leads to
     * @param rebinds how many private addresses were taken out
     */
    @SuppressWarnings("ArrayRecordComponent") // made, used, forgotten: nobody compares them
    record Looked(byte[] response, List<DnsName> aliases, int rebinds) {}

    private boolean protects;
    private List<DnsName> mayBePrivate = List.of();

    /** @param allowed names below which private addresses are no surprise */
    void protect(boolean on, List<DnsName> allowed) {
        protects = on;
        mayBePrivate = List.copyOf(allowed);
    }

    /** Looks at an answer whose form is known to be good. */
    Looked look(Asked question, byte[] response) {
        if (!(DnsMessage.parse(response, 0, response.length) instanceof DnsMessage message)) {
            return new Looked(response, List.of(), 0);
        }
        List<DnsName> aliases = aliases(message.answers());
        int strange = 0;
        for (DnsRecord record : message.answers()) {
            strange += isStrange(question, record) ? 1 : 0;
        }
        List<DnsRecord> rest = message.answers().stream()
                .filter(record -> !isStrange(question, record))
                .toList();
        // Written anew: a name that points into what is patched later, or left out, would be another name then.
        byte[] clean = message.withAnswers(rest).withEdns(null).write(DnsMessage.MAX_LENGTH);
        return new Looked(clean, aliases, strange);
    }

    /** The names that these records lead to. */
    static List<DnsName> aliases(List<DnsRecord> answers) {
        List<DnsName> aliases = new ArrayList<>(0);
        for (DnsRecord record : answers) {
            if (record.type() == RecordType.CNAME && record.data() instanceof Rdata.Host(DnsName target)) {
                aliases.add(target);
            }
        }
        return aliases;
    }

    private boolean isStrange(Asked question, DnsRecord record) {
        return protects
                && record.data() instanceof Rdata.Address(IpAddress address)
                && isPrivate(address)
                && mayBePrivate.stream().noneMatch(question.name()::isUnder);
    }

    /** Addresses of private networks, of this machine, and of one link (RFC 1918, 6598, 3927, 4193, 4291), also inside IPv6 ones. */
    static boolean isPrivate(IpAddress address) {
        if (address.v6()) {
            long high = address.high();
            boolean mapped = IpAddress.isMapped(high, address.low());
            boolean ownMachine = high == 0 && (address.low() == 0 || address.low() == 1);
            boolean local = high >>> 57 == 0xfc >>> 1 || high >>> 54 == 0xfe80 >>> 6;
            return ownMachine || local || (mapped && isPrivate(IpAddress.v4((int) address.low())));
        }
        int bits = (int) address.low();
        return bits >>> 24 == 10
                || bits >>> 24 == 127
                || bits >>> 24 == 0
                || bits >>> 20 == 0xac1
                || bits >>> 16 == 0xc0a8
                || bits >>> 16 == 0xa9fe
                || bits >>> 22 == 0x6440 >>> 6;
    }
}
