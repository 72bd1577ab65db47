package io.innkeeper.wire.dnsmasq.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The names of facilities and levels of syslog(3), as OpenWrt's and BusyBox's heads have them: {@code daemon.info}. */
final class SyslogLevel {
    private static final byte[][] LEVELS = octets("emerg panic alert crit err error warning warn notice info debug");
    private static final byte[][] FACILITIES =
            octets("kern user mail daemon auth syslog lpr news uucp cron authpriv ftp"
                    + " local0 local1 local2 local3 local4 local5 local6 local7");

    private SyslogLevel() {}

    private static byte[][] octets(String words) {
        return Arrays.stream(words.split(" ", -1))
                .map(word -> word.getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new);
    }

    static boolean isLevel(byte[] bytes, int from, int to) {
        return isOneOf(LEVELS, bytes, from, to);
    }

    static boolean isFacility(byte[] bytes, int from, int to) {
        return isOneOf(FACILITIES, bytes, from, to);
    }

    private static boolean isOneOf(byte[][] names, byte[] bytes, int from, int to) {
        for (byte[] name : names) {
            if (Arrays.equals(name, 0, name.length, bytes, from, to)) {
                return true;
            }
        }
        return false;
    }
}
