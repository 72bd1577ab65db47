package io.innkeeper.config;

import io.innkeeper.wire.net.IpAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to listen.
 *
 * @param host an IP address without brackets, a host name, or {@code *} for every address of this machine
 * @param port 0 to 65535; 0 lets the system choose
 */
public record ListenAddress(String host, int port) {
    /** Every address of the machine, of both families. */
    public static final String ANY = "*";

    /** What {@link #parse} takes, for schemas; a little wider. */
    static final String PATTERN = "^(([A-Za-z0-9_.-]{0,253}|\\*|\\[[0-9A-Fa-f:.]{2,45}\\]):)?[0-9]{1,5}$";

    private static final String LOOPBACK = "127.0.0.1";
    private static final Pattern FORM =
            Pattern.compile("(?:(?:(\\*|[A-Za-z0-9_.-]{0,253})|\\[([0-9A-Fa-f:.]{2,45})]):)?([0-9]{1,5})");

    /** @throws IllegalArgumentException if the port is outside 0–65535 */
    public ListenAddress {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("no such port: " + port);
        }
    }

    /**
     * Reads {@code host:port}, {@code [v6]:port}, {@code :port} and {@code *:port} (every address), or a port alone
     * (127.0.0.1); empty for anything else.
     */
    public static Optional<ListenAddress> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || Integer.parseInt(form.group(3)) > 65535) {
            return Optional.empty();
        }
        String name = form.group(1);
        String v6 = form.group(2);
        if (v6 != null && IpAddress.parse(v6).filter(IpAddress::v6).isEmpty()) {
            return Optional.empty();
        }
        String host = v6 != null ? v6 : name == null ? LOOPBACK : name.isEmpty() ? ANY : name;
        return Optional.of(new ListenAddress(host, Integer.parseInt(form.group(3))));
    }

    /** True where the host means every address of the machine, of one family or both. */
    public boolean isAny() {
        return host.equals(ANY)
                || host.equals("0.0.0.0")
                || IpAddress.parse(host).filter(ListenAddress::zero).isPresent();
    }

    private static boolean zero(IpAddress address) {
        return address.high() == 0 && address.low() == 0;
    }

    /** True where only this machine can reach it: 127.0.0.0/8, ::1, localhost. */
    public boolean isLoopback() {
        return host.equals("localhost")
                || IpAddress.parse(host).filter(ListenAddress::loopback).isPresent();
    }

    private static boolean loopback(IpAddress address) {
        return address.v6() ? address.high() == 0 && address.low() == 1 : address.low() >>> 24 == 127;
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        String shown = host.equals(ANY) ? "" : host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return shown + ":" + port;
    }
}
