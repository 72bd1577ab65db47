package io.innkeeper.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Which frames a {@link LinuxLinkPort} hears: programs for the kernel's packet filter (classic BPF; "The BSD Packet Filter",
 * McCanne and Jacobson 1993; {@code linux/filter.h}). Frames with a VLAN tag are never heard on the interface that carries the
 * VLAN: they belong to the VLAN's own interface, and are heard there. Where a VLAN has no interface here, the kernel takes the
 * tag off and marks the frame as one for somebody else; one to a group that is marked so is not heard either.
 */
public final class PacketFilter {
    /** Protocols of packet(7): which frames reach the filter at all. */
    private static final int ETH_P_NONE = 0;

    private static final int ETH_P_ALL = 0x0003;
    private static final int ETH_P_IP = 0x0800;
    private static final int ETH_P_ARP = 0x0806;
    private static final int ETH_P_IPV6 = 0x86dd;

    // Offsets into a frame.
    private static final int ETHER_TYPE = 12;
    private static final int IP_HEADER = 14;
    private static final int IP_FRAGMENT = 20;
    private static final int IP_PROTOCOL = 23;
    private static final int IPV6_NEXT_HEADER = 20;
    private static final int ICMPV6_TYPE = 54;
    /** Kernel extension: reads 1 where the frame had a VLAN tag (SKF_AD_OFF + SKF_AD_VLAN_TAG_PRESENT). */
    private static final int VLAN_TAG_PRESENT = -0x1000 + 48;
    /** Kernel extension: reads how the frame came (SKF_AD_OFF + SKF_AD_PKTTYPE). */
    private static final int PACKET_TYPE = -0x1000 + 4;

    /** A frame for somebody else (PACKET_OTHERHOST). */
    private static final int OTHER_HOST = 3;

    /** Of the first octet of an Ethernet address: to a group, or to everybody. */
    private static final int GROUP = 1;

    // Instructions.
    private static final int LOAD_WORD = 0x20;
    private static final int LOAD_HALF = 0x28;
    private static final int LOAD_BYTE = 0x30;
    private static final int LOAD_HALF_AFTER_IP = 0x48;
    private static final int LOAD_BYTE_AFTER_IP = 0x50;
    /** The index register becomes the length of the IP header whose first octet stands there. */
    private static final int IP_HEADER_LENGTH = 0xb1;

    private static final int JUMP_EQUAL = 0x15;
    private static final int JUMP_BITS = 0x45;
    private static final int RETURN = 0x06;

    // Where jumps go; or how many steps are left out.
    private static final int NEXT = 0;
    private static final int DROP = -1;
    private static final int ACCEPT = -2;

    private static final int WHOLE_FRAME = 0xffff;
    private static final int NOT_FIRST_FRAGMENT = 0x1fff;
    private static final int UDP = 17;
    private static final int ICMPV6 = 58;
    private static final int NEIGHBOR_SOLICITATION = 135;
    private static final int NEIGHBOR_ADVERTISEMENT = 136;
    private static final int SERVER_PORT = 67;
    private static final int CLIENT_PORT = 68;
    private static final int BOOTREPLY = 2;

    /** A {@code struct sock_filter { u16 code; u8 jt; u8 jf; u32 k; }}, the jumps not yet resolved. */
    private record Step(int code, int ifTrue, int ifFalse, int value) {}

    private final int protocol;
    private final List<Step> steps = new ArrayList<>();

    private PacketFilter(int protocol) {
        this.protocol = protocol;
        load(LOAD_WORD, VLAN_TAG_PRESENT);
        jump(JUMP_EQUAL, 0, NEXT, DROP);
        load(LOAD_BYTE, 0);
        jump(JUMP_BITS, GROUP, NEXT, 2);
        load(LOAD_WORD, PACKET_TYPE);
        jump(JUMP_EQUAL, OTHER_HOST, DROP, NEXT);
    }

    /** No frame at all, for a port that only sends. */
    public static PacketFilter nothing() {
        PacketFilter filter = new PacketFilter(ETH_P_NONE);
        filter.jump(JUMP_EQUAL, 0, DROP, DROP);
        return filter;
    }

    /** ARP that arrives. */
    public static PacketFilter arp() {
        PacketFilter filter = new PacketFilter(ETH_P_ARP);
        filter.load(LOAD_HALF, ETHER_TYPE);
        filter.jump(JUMP_EQUAL, ETH_P_ARP, ACCEPT, DROP);
        return filter;
    }

    /** Neighbor Solicitation and Advertisement of IPv6 that arrive (RFC 4861). */
    public static PacketFilter neighborDiscovery() {
        PacketFilter filter = new PacketFilter(ETH_P_IPV6);
        filter.load(LOAD_BYTE, IPV6_NEXT_HEADER);
        filter.jump(JUMP_EQUAL, ICMPV6, NEXT, DROP);
        filter.load(LOAD_BYTE, ICMPV6_TYPE);
        filter.jump(JUMP_EQUAL, NEIGHBOR_SOLICITATION, ACCEPT, NEXT);
        filter.jump(JUMP_EQUAL, NEIGHBOR_ADVERTISEMENT, ACCEPT, DROP);
        return filter;
    }

    /** DHCPv4 in both directions: UDP with port 67 or 68 on either side, arriving and leaving. */
    public static PacketFilter dhcp() {
        PacketFilter filter = new PacketFilter(ETH_P_ALL);
        filter.udp();
        filter.load(LOAD_HALF_AFTER_IP, IP_HEADER);
        filter.jump(JUMP_EQUAL, SERVER_PORT, ACCEPT, NEXT);
        filter.jump(JUMP_EQUAL, CLIENT_PORT, ACCEPT, NEXT);
        filter.load(LOAD_HALF_AFTER_IP, IP_HEADER + 2);
        filter.jump(JUMP_EQUAL, SERVER_PORT, ACCEPT, NEXT);
        filter.jump(JUMP_EQUAL, CLIENT_PORT, ACCEPT, DROP);
        return filter;
    }

    /**
     * What other DHCPv4 servers say: BOOTREPLY from port 67 that arrives. Costs nothing for requests, and nothing for our
     * own replies, however many there are.
     */
    public static PacketFilter dhcpReplies() {
        PacketFilter filter = new PacketFilter(ETH_P_IP);
        filter.udp();
        filter.load(LOAD_HALF_AFTER_IP, IP_HEADER);
        filter.jump(JUMP_EQUAL, SERVER_PORT, NEXT, DROP);
        filter.load(LOAD_BYTE_AFTER_IP, IP_HEADER + 8);
        filter.jump(JUMP_EQUAL, BOOTREPLY, ACCEPT, DROP);
        return filter;
    }

    /** Goes on only with UDP, first fragments; leaves the length of the IP header in the index register. */
    private void udp() {
        load(LOAD_HALF, ETHER_TYPE);
        jump(JUMP_EQUAL, ETH_P_IP, NEXT, DROP);
        load(LOAD_BYTE, IP_PROTOCOL);
        jump(JUMP_EQUAL, UDP, NEXT, DROP);
        load(LOAD_HALF, IP_FRAGMENT);
        jump(JUMP_BITS, NOT_FIRST_FRAGMENT, DROP, NEXT);
        load(IP_HEADER_LENGTH, IP_HEADER);
    }

    private void load(int code, int offset) {
        steps.add(new Step(code, 0, 0, offset));
    }

    private void jump(int code, int value, int ifTrue, int ifFalse) {
        steps.add(new Step(code, ifTrue, ifFalse, value));
    }

    /** The protocol to bind the socket with. */
    int protocol() {
        return protocol;
    }

    /** The program as {@code struct sock_fprog { u16 len; struct sock_filter *filter; }}. */
    MemorySegment program(Arena arena) {
        int length = steps.size() + 2;
        MemorySegment code = arena.allocate(8L * length, 8);
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            write(code, i, step.code(), distance(i, step.ifTrue()), distance(i, step.ifFalse()), step.value());
        }
        write(code, steps.size(), RETURN, 0, 0, 0);
        write(code, steps.size() + 1, RETURN, 0, 0, WHOLE_FRAME);
        MemorySegment program = arena.allocate(16, 8);
        program.set(ValueLayout.JAVA_SHORT, 0, (short) length);
        program.set(ValueLayout.ADDRESS, 8, code);
        return program;
    }

    private int distance(int from, int to) {
        return switch (to) {
            case DROP -> steps.size() - from - 1;
            case ACCEPT -> steps.size() + 1 - from - 1;
            default -> to;
        };
    }

    private static void write(MemorySegment code, int index, int operation, int ifTrue, int ifFalse, int value) {
        long at = 8L * index;
        code.set(ValueLayout.JAVA_SHORT, at, (short) operation);
        code.set(ValueLayout.JAVA_BYTE, at + 2, (byte) ifTrue);
        code.set(ValueLayout.JAVA_BYTE, at + 3, (byte) ifFalse);
        code.set(ValueLayout.JAVA_INT, at + 4, value);
    }
}
