package io.innkeeper.bench.rdk;

import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.Container;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.IaNa;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.IaPd;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.Times;
import io.innkeeper.wire.rdk.MessageLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages of plugins without end, over the interfaces in turn. Each has a number, from 0 on, which stands in it as the lifetime of
 * its lease: {@link #FIRST_LIFETIME} more. So each differs from the one before it, and can be known again in an event. Belongs to
 * one thread.
 */
final class Messages {
    /** The lifetime of the lease of message 0, in seconds: long enough that none ends meanwhile. */
    static final long FIRST_LIFETIME = 1_000_000;

    /** Octets of a message with the length before it. */
    static final int FRAME = Long.BYTES + MessageLayout.LP64_MAPE.length();

    private static final int MARK = 0x7a6b5c4d;
    private static final String ADDRESS = "10.100.100.100";
    private static final int TURNS = 10;

    /** Which messages there are. */
    enum Mix {
        /** DHCPv4 leases, renewed. */
        RENEWED,
        /** Of ten: seven DHCPv4 leases renewed, one changed to another address, two of DHCPv6, each of an address and a prefix. */
        MIXED
    }

    /** A message of one interface, in which numbers and address are set anew each time. */
    private static final class Template {
        final byte[] frame;
        final List<Integer> numbers;
        final int address;

        Template(byte[] message) {
            frame = ByteBuffer.allocate(FRAME)
                    .putLong(message.length)
                    .put(message)
                    .array();
            numbers = placesOf(ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(MARK)
                    .array());
            List<Integer> places = placesOf(ADDRESS.getBytes(StandardCharsets.US_ASCII));
            address = places.isEmpty() ? -1 : places.getFirst();
        }

        private List<Integer> placesOf(byte[] wanted) {
            List<Integer> places = new ArrayList<>();
            ByteBuffer all = ByteBuffer.wrap(frame);
            for (int at = 0; at + wanted.length <= frame.length; at++) {
                if (all.slice(at, wanted.length).equals(ByteBuffer.wrap(wanted))) {
                    places.add(at);
                }
            }
            return places;
        }

        void number(long lifetime) {
            for (int place : numbers) {
                for (int i = 0; i < Integer.BYTES; i++) {
                    frame[place + i] = (byte) (lifetime >>> (8 * i));
                }
            }
        }

        /** Addresses of one length: each number after the first is 100 to 199. */
        void address(long which) {
            for (int part = 0; part < 3; part++) {
                long two = which / (part == 0 ? 10_000 : part == 1 ? 100 : 1) % 100;
                frame[address + 4 + 4 * part] = (byte) ('0' + two / 10);
                frame[address + 5 + 4 * part] = (byte) ('0' + two % 10);
            }
        }
    }

    private final Mix mix;
    private final List<Template> v4 = new ArrayList<>();
    private final List<Template> v6 = new ArrayList<>();
    private final int interfaces;
    private long next;

    Messages(Mix mix, int interfaces) {
        this.mix = mix;
        this.interfaces = interfaces;
        for (int i = 0; i < interfaces; i++) {
            v4.add(new Template(v4("wan" + i).write()));
            v6.add(new Template(v6("wan" + i, i).write()));
            v4.getLast().address(i);
        }
    }

    /** The number of the next message. */
    long next() {
        return next;
    }

    int interfaces() {
        return interfaces;
    }

    /** The interface that a message is of. */
    int interfaceOf(long number) {
        return (int) (number % interfaces);
    }

    /** Puts the next message there, with its length before it. */
    void put(ByteBuffer to) {
        long number = next++;
        int which = interfaceOf(number);
        long turn = number / interfaces;
        int kind = mix == Mix.RENEWED ? TURNS : (int) (turn % TURNS);
        Template template = kind == 3 || kind == 7 ? v6.get(which) : v4.get(which);
        if (kind == 0) {
            template.address(turn / TURNS * interfaces + which);
        }
        template.number(FIRST_LIFETIME + number);
        to.put(template.frame);
    }

    private static Dhcpv4PluginMessage v4(String ifname) {
        return new Dhcpv4PluginMessage(
                MessageLayout.LP64_MAPE,
                ifname,
                ifname,
                true,
                false,
                ADDRESS,
                "255.0.0.0",
                "10.0.0.1",
                "10.0.0.53",
                "9.9.9.9",
                MARK,
                600_000,
                300_000,
                0,
                false,
                "",
                0,
                0,
                "10.0.0.1",
                "renew",
                false,
                0,
                "",
                "",
                new Dhcpv4PluginMessage.Mta(false, false, "", "", ""),
                "",
                "",
                "bench.example");
    }

    private static Dhcpv6PluginMessage v6(String ifname, int which) {
        Times times = new Times(which + 1, MARK, MARK, 300_000, 600_000);
        Container nothing = new Container(false, "");
        return new Dhcpv6PluginMessage(
                MessageLayout.LP64_MAPE,
                ifname,
                ifname,
                false,
                new IaNa(true, "2001:db8:1::" + (100 + which), times),
                new IaPd(true, "2001:db8:" + (100 + which) + "::", 48, times),
                true,
                "2001:db8::53",
                "2001:db8::54",
                nothing,
                nothing,
                nothing,
                0,
                "bench.example",
                "",
                "",
                0);
    }
}
