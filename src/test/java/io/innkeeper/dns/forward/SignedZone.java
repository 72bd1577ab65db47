package io.innkeeper.dns.forward;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** An upstream that serves the signed zone {@code example}, with mistakes in some of its names. */
final class SignedZone {
    private static final long TTL = 3600;

    private final Instant now;
    private final Name zone;
    private final DNSKEYRecord key;
    private final PrivateKey secret;

    SignedZone(Instant now) throws Exception {
        this.now = now;
        zone = Name.fromString("example.");
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair pair = generator.generateKeyPair();
        secret = pair.getPrivate();
        key = new DNSKEYRecord(
                zone,
                DClass.IN,
                TTL,
                DNSKEYRecord.Flags.ZONE_KEY | DNSKEYRecord.Flags.SEP_KEY,
                DNSKEYRecord.Protocol.DNSSEC,
                DNSSEC.Algorithm.ECDSAP256SHA256,
                pair.getPublic());
    }

    /** A line of a zone file. */
    String anchor() {
        return key.toString();
    }

    /** What it says to a question. */
    byte[] answer(byte[] query) throws Exception {
        Message asked = new Message(query);
        Name name = asked.getQuestion().getName();
        int type = asked.getQuestion().getType();
        Message answer = new Message(asked.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RD);
        answer.getHeader().setFlag(Flags.RA);
        answer.getHeader().setFlag(Flags.CD);
        answer.addRecord(asked.getQuestion(), Section.QUESTION);
        if (type == Type.DNSKEY && name.equals(zone)) {
            signed(answer, Section.ANSWER, List.of(key), Duration.ZERO);
            return answer.toWire();
        }
        String first = name.getLabelString(0).toLowerCase(java.util.Locale.ROOT);
        Record good = address(name, "192.0.2.1");
        if (type != Type.A && !name.equals(zone) && first.equals("plain")) {
            // A delegation without DS: what is below is not signed.
            nothing(answer, name, "plainer.example.", Type.NS);
        } else if (type != Type.A) {
            nothing(answer, name, "zz.example.", Type.A);
        } else {
            switch (first) {
                case "www" -> signed(answer, Section.ANSWER, List.of(good), Duration.ZERO);
                case "old" -> signed(answer, Section.ANSWER, List.of(good), Duration.ofDays(30));
                case "forged" -> forged(answer, good, address(name, "192.0.2.66"));
                case "bare", "host" -> answer.addRecord(good, Section.ANSWER);
                default -> {
                    nothing(answer, zone, "zz.example.", Type.SOA, Type.NS, Type.DNSKEY);
                    answer.getHeader().setRcode(Rcode.NXDOMAIN);
                }
            }
        }
        return answer.toWire();
    }

    private static Record address(Name name, String address) throws Exception {
        return new ARecord(name, DClass.IN, TTL, java.net.InetAddress.getByName(address));
    }

    /** That this is all there is at a name, up to the next. */
    private void nothing(Message answer, Name name, String next, int... types) throws Exception {
        Name server = Name.fromString("ns.example.");
        signed(
                answer,
                Section.AUTHORITY,
                List.of(new SOARecord(zone, DClass.IN, TTL, server, server, 1, 1, 1, 1, TTL)),
                Duration.ZERO);
        List<Integer> all = new ArrayList<>(List.of(Type.RRSIG, Type.NSEC));
        for (int type : types) {
            all.add(type);
        }
        int[] sorted = all.stream().sorted().mapToInt(Integer::intValue).toArray();
        signed(
                answer,
                Section.AUTHORITY,
                List.of(new NSECRecord(name, DClass.IN, TTL, Name.fromString(next), sorted)),
                Duration.ZERO);
    }

    private void signed(Message answer, int section, List<Record> records, Duration ago) throws Exception {
        RRset set = new RRset();
        for (Record record : records) {
            set.addRR(record);
            answer.addRecord(record, section);
        }
        answer.addRecord(sign(set, ago), section);
    }

    private Record sign(RRset set, Duration ago) throws Exception {
        Instant at = now.minus(ago);
        return DNSSEC.sign(set, key, secret, at.minus(Duration.ofDays(1)), at.plus(Duration.ofDays(7)));
    }

    private void forged(Message answer, Record signed, Record instead) throws Exception {
        answer.addRecord(instead, Section.ANSWER);
        answer.addRecord(sign(new RRset(signed), Duration.ZERO), Section.ANSWER);
    }
}
