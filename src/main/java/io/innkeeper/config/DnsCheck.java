package io.innkeeper.config;

import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.net.Prefix;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What no single key of {@code dns} can tell. Where it listens and what it answers have checks of their own. */
final class DnsCheck {
    static final String ROOT = "dns";

    /** As many as the rules can tell apart quickly: a bit for each, and one for the rules by hand. */
    private static final int MAX_LISTS = 63;

    /** RFC 6052 §2.2. */
    private static final Set<Integer> DNS64_LENGTHS = Set.of(32, 40, 48, 56, 64, 96);

    private final ConfigPlaces places;
    private final DnsConfig config;

    DnsCheck(ConfigPlaces places, DnsConfig config) {
        this.places = places;
        this.config = config;
    }

    void check() {
        new DnsListenCheck(places, config).check();
        groups();
        lists();
        upstreams(ROOT + ".upstreams", config.upstreams());
        forward();
        places.each(ROOT + ".rebind-allow", config.rebindAllow(), this::name);
        new DnsNamesCheck(places, config).check();
        blockAnswer();
        dns64();
    }

    private void groups() {
        Map<String, String> taken = new HashMap<>();
        places.each(ROOT + ".groups", config.groups(), (path, group) -> unique(taken, path, group.name()));
    }

    private void unique(Map<String, String> taken, String path, String name) {
        String before = taken.putIfAbsent(name, path);
        if (before != null) {
            places.error(path + ".name", "the name '" + name + "' is taken by " + before + "; names are unique");
        }
    }

    private void lists() {
        if (config.block().size() > MAX_LISTS) {
            places.error(ROOT + ".block", "has " + config.block().size() + " lists; at most " + MAX_LISTS);
        }
        Map<String, String> taken = new HashMap<>();
        places.each(ROOT + ".block", config.block(), (path, list) -> {
            unique(taken, path, list.shownName());
            source(path + ".list", list.list());
            groups(places, config, path + ".groups", list.groups());
            places.each(path + ".when", list.when(), this::when);
        });
        config.switches().keySet().stream()
                .filter(name -> !taken.containsKey(name))
                .forEach(name -> places.warning(ROOT + ".switches." + name, "there is no block list of this name"));
        if (!config.block().isEmpty() && !blocksAnywhere()) {
            places.warning(
                    ROOT + ".block",
                    "is used in the mode 'blocking' only, and neither dns.mode nor a listener nor a group"
                            + " has that");
        }
    }

    private boolean blocksAnywhere() {
        boolean listener = config.listen().stream()
                .map(DnsListen::mode)
                .anyMatch(mode -> (mode == null ? config.mode() : mode) == DnsMode.BLOCKING);
        boolean group = config.groups().stream().anyMatch(one -> one.mode() == DnsMode.BLOCKING);
        return listener || group || config.mode() == DnsMode.BLOCKING;
    }

    private void source(String path, String list) {
        String lower = list.toLowerCase(Locale.ROOT);
        if (lower.startsWith("http://") || lower.startsWith("https://")) {
            try {
                if (new URI(list).getHost() == null) {
                    places.error(path, ConfigProblem.quote(list) + " names no host");
                }
            } catch (URISyntaxException e) {
                places.error(path, ConfigProblem.quote(list) + " is no URL: " + e.getReason());
            }
        }
    }

    private void when(String path, String text) {
        if (Schedule.parse(text).isEmpty()) {
            places.error(
                    path,
                    ConfigProblem.quote(text) + " is no time of the week; write it as in 21:00-07:00,"
                            + " mo-fr 08:00-15:00 or sa,su");
        }
    }

    /** That all of these groups exist. */
    static void groups(ConfigPlaces places, DnsConfig config, String path, List<String> names) {
        if (places.isWrong(ROOT + ".groups")) {
            return;
        }
        Set<String> known = config.groups().stream().map(DnsGroup::name).collect(Collectors.toSet());
        places.each(path, names, (key, name) -> {
            if (!known.contains(name)) {
                places.error(
                        key,
                        "there is no group " + ConfigProblem.quote(name) + " in dns.groups",
                        Suggestion.nearest(name, known));
            }
        });
    }

    private void upstreams(String path, List<String> texts) {
        places.each(path, texts, (key, text) -> {
            if (UpstreamAddress.parse(text).isEmpty()) {
                places.error(
                        key,
                        ConfigProblem.quote(text) + " is no upstream: ports are 1 to 65535, IPv6 addresses stand in"
                                + " brackets, a name behind '#' is for tls:// only");
            }
        });
    }

    private void forward() {
        Map<DnsName, String> taken = new HashMap<>();
        places.each(ROOT + ".forward", config.forward(), (path, forward) -> {
            name(path + ".domain", forward.domain());
            upstreams(path + ".upstreams", forward.upstreams());
            Optional<DnsName> domain = DnsName.typed(forward.domain());
            String before = domain.isEmpty() ? null : taken.putIfAbsent(domain.get(), path);
            if (before != null) {
                places.error(
                        path + ".domain",
                        ConfigProblem.quote(forward.domain()) + " is forwarded by " + before + " already");
            }
        });
    }

    private void name(String path, String text) {
        name(places, path, text);
    }

    /** That a text is a domain name. */
    static void name(ConfigPlaces places, String path, String text) {
        if (DnsName.typed(text).isEmpty()) {
            places.error(
                    path,
                    ConfigProblem.quote(text)
                            + " is no domain name: parts have 1 to 63 octets, all together at most 253");
        }
    }

    private void blockAnswer() {
        boolean custom = config.blockAnswer() == DnsBlockAnswer.CUSTOM;
        boolean known = !places.isWrong(ROOT + ".block-addresses") && !places.isWrong(ROOT + ".block-answer");
        if (custom && config.blockAddresses().isEmpty() && known) {
            places.error(ROOT + ".block-answer", "custom needs addresses: write dns.block-addresses");
        } else if (!custom && !config.blockAddresses().isEmpty() && known) {
            places.warning(ROOT + ".block-addresses", "is used with block-answer: custom only");
        }
    }

    private void dns64() {
        Prefix prefix = config.dns64();
        if (prefix != null && (!prefix.network().v6() || !DNS64_LENGTHS.contains(prefix.length()))) {
            places.error(
                    ROOT + ".dns64",
                    prefix + " is no prefix for DNS64: it is an IPv6 prefix of 32, 40, 48, 56, 64 or 96 bits, such as"
                            + " 64:ff9b::/96");
        }
    }
}
