package io.innkeeper.property;

import io.innkeeper.wire.dns.DnsClass;
import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.DnsRecord;
import io.innkeeper.wire.dns.Edns;
import io.innkeeper.wire.dns.EdnsOption;
import io.innkeeper.wire.dns.ExtendedError;
import io.innkeeper.wire.dns.Question;
import io.innkeeper.wire.dns.Rdata;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Octets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** DNS messages from samples. Names share their ends, and come in several cases. */
public final class DnsSamples {
    /** A type nobody knows (RFC 6895 §3.1). */
    private static final int PRIVATE_TYPE = 65_280;

    private static final int MAX_U16 = 0x1_0000;

    private final Samples samples;

    public DnsSamples(Samples samples) {
        this.samples = samples;
    }

    /** A name of a few labels, at times a long one or one of odd octets. */
    public DnsName name() {
        DnsName name = DnsName.ROOT;
        int labels = samples.oneIn(20) ? samples.below(128) : samples.below(5);
        for (int i = 0; i < labels; i++) {
            byte[] label = label();
            if (name.length() + 1 + label.length > DnsName.MAX_LENGTH) {
                return name;
            }
            byte[] wire = new byte[name.length() + 1 + label.length];
            wire[0] = (byte) label.length;
            System.arraycopy(label, 0, wire, 1, label.length);
            name.copyTo(wire, 1 + label.length);
            name = DnsName.ofWire(wire, 0, wire.length);
        }
        return name;
    }

    private byte[] label() {
        if (samples.oneIn(10)) {
            return samples.octets(1 + samples.below(samples.oneIn(5) ? DnsName.MAX_LABEL : 4));
        }
        String text = samples.pick("com", "COM", "example", "Example", "www", "a", "xn--bcher-kva", "_dns", "*");
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A message with what messages have, and no flag of being cut. */
    public DnsMessage message() {
        List<DnsRecord> answers = samples.list(12, this::record);
        // Whole sets are what is cut: repeat some owners.
        List<DnsRecord> repeated = new ArrayList<>();
        for (DnsRecord record : answers) {
            repeated.add(record);
            if (samples.oneIn(2)) {
                repeated.add(record(record.name(), record.type()));
            }
        }
        return new DnsMessage(
                samples.below(MAX_U16),
                samples.below(MAX_U16) & ~DnsMessage.TRUNCATED & ~0x7840,
                samples.list(1, this::question),
                repeated,
                samples.list(4, this::record),
                samples.list(6, this::record),
                samples.oneIn(3) ? null : edns());
    }

    /** A question of a usual kind. */
    public Question question() {
        return new Question(name(), samples.pick(1, 28, 12, 65, 255, PRIVATE_TYPE), samples.pick(1, 1, 3, 255));
    }

    /** EDNS with options that others can read too. */
    public Edns edns() {
        List<EdnsOption> options = samples.list(
                3,
                () -> samples.pick(
                        new EdnsOption(EdnsOption.COOKIE, samples.octets(samples.pick(8, 16, 24, 40))),
                        ExtendedError.option(samples.below(25), samples.pick("", "blocked", "in the list é")),
                        new EdnsOption(65_001 + samples.below(10), samples.octets(samples.below(30)))));
        return new Edns(samples.below(MAX_U16), 0, samples.oneIn(2), samples.below(256), options);
    }

    /** A record of any type that is looked into, or of a private one. */
    public DnsRecord record() {
        int type = samples.pick(
                RecordType.A,
                RecordType.AAAA,
                RecordType.NS,
                RecordType.CNAME,
                RecordType.PTR,
                RecordType.DNAME,
                RecordType.MX,
                RecordType.TXT,
                RecordType.SRV,
                RecordType.SOA,
                RecordType.CAA,
                RecordType.SVCB,
                RecordType.HTTPS,
                PRIVATE_TYPE);
        return record(name(), type);
    }

    private DnsRecord record(DnsName name, int type) {
        return new DnsRecord(name, type, DnsClass.IN, samples.below(Integer.MAX_VALUE), data(type));
    }

    private Rdata data(int type) {
        return switch (type) {
            case RecordType.A -> new Rdata.Address(IpAddress.of(samples.octets(4)));
            case RecordType.AAAA -> new Rdata.Address(IpAddress.of(samples.octets(16)));
            case RecordType.NS, RecordType.CNAME, RecordType.PTR, RecordType.DNAME -> new Rdata.Host(name());
            case RecordType.MX -> new Rdata.Mx(u16(), name());
            case RecordType.TXT -> new Rdata.Txt(strings());
            case RecordType.SRV -> new Rdata.Srv(u16(), u16(), u16(), name());
            case RecordType.SOA -> new Rdata.Soa(name(), name(), u32(), u32(), u32(), u32(), u32());
            case RecordType.CAA ->
                new Rdata.Caa(samples.pick(0, 128), samples.pick("issue", "issuewild", "iodef"), octets(40));
            case RecordType.SVCB, RecordType.HTTPS -> new Rdata.Svcb(samples.below(3), name(), parameters());
            default -> new Rdata.Unknown(octets(60));
        };
    }

    private List<Octets> strings() {
        List<Octets> strings = new ArrayList<>();
        strings.add(octets(255));
        strings.addAll(samples.list(2, () -> octets(20)));
        return strings;
    }

    private List<Rdata.Svcb.Parameter> parameters() {
        List<Rdata.Svcb.Parameter> parameters = new ArrayList<>();
        add(parameters, 1, new byte[] {2, 'h', '3', 2, 'h', '2'});
        add(parameters, 3, samples.octets(2));
        add(parameters, 4, samples.octets(8));
        add(parameters, 6, samples.octets(16));
        add(parameters, 65_280, samples.octets(samples.below(20)));
        return parameters;
    }

    private void add(List<Rdata.Svcb.Parameter> parameters, int key, byte[] value) {
        if (samples.oneIn(2)) {
            parameters.add(new Rdata.Svcb.Parameter(key, Octets.of(value)));
        }
    }

    private Octets octets(int max) {
        return Octets.of(samples.octets(samples.below(max + 1)));
    }

    private int u16() {
        return samples.below(MAX_U16);
    }

    private long u32() {
        return samples.below(Integer.MAX_VALUE) * 2L;
    }
}
