package io.innkeeper.dns.log;

import io.innkeeper.wire.dns.DnsName;
import java.util.Arrays;

/** A name in small letters that knows its hash: the log looks each name up several times. */
final class LoggedName {
    private final DnsName name;
    private final byte[] wire;
    private final int hash;

    private LoggedName(DnsName name) {
        this.name = name;
        wire = name.wire();
        hash = hash(wire, 0, wire.length);
    }

    /** Of a name in small letters. */
    static LoggedName of(DnsName name) {
        return new LoggedName(name);
    }

    DnsName name() {
        return name;
    }

    /** The hash of octets as they come, in whatever case. */
    static int hash(byte[] bytes, int from, int length) {
        int hash = length;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + lower(bytes[i]);
        }
        return hash ^ hash >>> 16;
    }

    private static int lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet;
    }

    /** True if these octets are this name, in whatever case. */
    boolean is(byte[] bytes, int from, int length) {
        if (length != wire.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (lower(bytes[from + i]) != wire[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || (other instanceof LoggedName logged && logged.hash == hash && Arrays.equals(logged.wire, wire));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return name.text();
    }
}
