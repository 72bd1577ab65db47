package io.innkeeper.security;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * There is no login, so whoever reaches the listener may use it. A browser, however, reaches it on behalf of any page its
 * user visits. Two checks keep such pages out. The Host header must be an address or a name of ours: a page that rebinds its
 * own DNS name to us sends that name. The Origin header, where there is one, must be ours or allowed: a foreign page that
 * sends requests sends its own.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#origin-header">Fetch, the Origin header</a>
 */
public final class AccessGate {
    private static final String LOCALHOST = "localhost";

    /** RFC 9110 §7.2, without what no name of ours has. */
    private static final Pattern HOST = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9_.-]+))(?::[0-9]{0,5})?");

    private final Set<String> hosts;
    private final Set<String> origins;
    private final List<Prefix> notifiers;

    /**
     * A gate.
     *
     * @param hosts names under which we may be reached, beside localhost and addresses; case does not matter
     * @param origins origins of other pages that may use the API, as {@code https://host[:port]}
     * @param notifiers networks that may call the notification endpoint; empty for all
     */
    public AccessGate(List<String> hosts, List<String> origins, List<Prefix> notifiers) {
        this.hosts = Stream.concat(Stream.of(LOCALHOST), hosts.stream())
                .map(AccessGate::plain)
                .collect(Collectors.toUnmodifiableSet());
        this.origins = origins.stream().map(o -> o.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        this.notifiers = List.copyOf(notifiers);
    }

    /**
     * Why a request is refused; empty where it is not.
     *
     * @param host the Host header, null where there is none
     * @param origin the Origin header, null where there is none
     * @param fetchSite the Sec-Fetch-Site header, null where there is none
     * @param navigation true for a plain GET of a page: following a link from elsewhere is harmless
     */
    public Optional<String> refusal(
            @Nullable String host, @Nullable String origin, @Nullable String fetchSite, boolean navigation) {
        if (host == null || !isOurs(hostName(host))) {
            return Optional.of("the Host header " + shown(host) + " is not a name of this server; add it to"
                    + " api.allowed-hosts if it should be");
        }
        if (origin != null) {
            return isAllowed(origin, host)
                    ? Optional.empty()
                    : Optional.of("the page at " + shown(origin) + " may not use this server; add it to api.cors if it"
                            + " should");
        }
        return "cross-site".equals(fetchSite) && !navigation
                ? Optional.of("another web site may not use this server")
                : Optional.empty();
    }

    private static String shown(@Nullable String header) {
        if (header == null) {
            return "(missing)";
        }
        String plain = header.replaceAll("[^\\x20-\\x7e]", "?");
        return "'" + (plain.length() > 80 ? plain.substring(0, 80) + "…" : plain) + "'";
    }

    /** The host without port and brackets; empty where the header is not of that form. */
    private static String hostName(String host) {
        Matcher form = HOST.matcher(host);
        if (!form.matches()) {
            return "";
        }
        String v6 = form.group(1);
        return v6 != null ? v6 : form.group(2);
    }

    private boolean isOurs(String name) {
        return hosts.contains(plain(name)) || IpAddress.parse(name).isPresent();
    }

    /** Lower case, and without the dot that may end an absolute name. */
    private static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** True where a page of this origin may use the API of the server it reached under this Host. */
    private boolean isAllowed(String origin, String host) {
        return isCors(origin) || isSame(origin, host);
    }

    private static boolean isSame(String origin, String host) {
        try {
            return host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** True for the origins that the configuration allows; their answers carry CORS headers. */
    public boolean isCors(String origin) {
        return origins.contains(origin.toLowerCase(Locale.ROOT));
    }

    /** True where this address may tell us what dnsmasq did. */
    public boolean mayNotify(String address) {
        return notifiers.isEmpty()
                || IpAddress.parse(address)
                        .filter(ip -> notifiers.stream().anyMatch(prefix -> prefix.contains(ip)))
                        .isPresent();
    }
}
