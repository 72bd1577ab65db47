package io.innkeeper.wire.dnsmasq.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The name of a program with its process number, such as {@code dnsmasq-dhcp[4711]: }, octet for octet: nearly all lines of a log
 * have one of two.
 */
final class TagShape {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int LONGEST = 24;

    private long first;
    private long second;
    private long third;
    private long secondMask;
    private long thirdMask;
    private int length;
    private int pid;
    private @Nullable LogProgram program;

    /** Takes the name that a head was just read with, where it is neither short nor long and one blank follows it. */
    void learn(byte[] bytes, LogHead head) {
        int from = head.tagAt;
        length = head.messageFrom - from;
        program = head.program;
        pid = head.pid;
        if (length < 9
                || length >= LONGEST
                || bytes.length - from < LONGEST
                || bytes[head.messageFrom - 1] != ' '
                || bytes[head.messageFrom - 2] != ':') {
            program = null;
            return;
        }
        secondMask = mask(length - 8);
        thirdMask = mask(length - 16);
        first = (long) WORDS.get(bytes, from);
        second = (long) WORDS.get(bytes, from + 8) & secondMask;
        third = (long) WORDS.get(bytes, from + 16) & thirdMask;
    }

    /** The lowest so many octets of eight. */
    private static long mask(int octets) {
        return octets <= 0 ? 0 : octets >= 8 ? -1L : (1L << (8 * octets)) - 1;
    }

    /** True where this name stands there and a message follows it; then the head is told. */
    boolean fits(byte[] bytes, int from, int to, LogHead head) {
        if (program == null
                || to - from < LONGEST
                || (long) WORDS.get(bytes, from) != first
                || ((long) WORDS.get(bytes, from + 8) & secondMask) != second
                || ((long) WORDS.get(bytes, from + 16) & thirdMask) != third
                || bytes[from + length] == ' ') {
            return false;
        }
        head.program = program;
        head.pid = pid;
        head.messageFrom = from + length;
        return true;
    }
}
