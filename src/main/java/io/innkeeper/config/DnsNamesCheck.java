package io.innkeeper.config;

import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.IpAddress;

/** The names of {@code dns} that are known here, and those that are answered otherwise. */
final class DnsNamesCheck {
    private static final String ROOT = DnsCheck.ROOT;
    private static final String WILDCARD = "*.";

    private final ConfigPlaces places;
    private final DnsConfig config;

    DnsNamesCheck(ConfigPlaces places, DnsConfig config) {
        this.places = places;
        this.config = config;
    }

    void check() {
        DnsLocal local = config.local();
        String domains = ROOT + ".local.domains";
        if (local.domains().isEmpty() && !places.isWrong(domains)) {
            places.error(domains, "is empty: hosts need a domain; the usual one is home.arpa");
        }
        places.each(domains, local.domains(), (path, name) -> DnsCheck.name(places, path, name));
        places.each(ROOT + ".local.hosts", local.hosts(), (path, host) -> {
            name(path + ".name", host.name());
            if (host.address().isEmpty() && !places.isWrong(path + ".address")) {
                places.error(path + ".address", "is empty: a host needs an address");
            }
        });
        records(local);
        places.each(ROOT + ".rewrites", config.rewrites(), this::rewrite);
    }

    /** A name that stands in the first of the local domains where it has no dot. */
    private void name(String path, String text) {
        String first = config.local().domains().isEmpty()
                ? ""
                : config.local().domains().getFirst();
        boolean bare = !text.contains(".") && DnsName.typed(first).isPresent() && !first.equals(".");
        DnsCheck.name(places, path, bare ? text + "." + first : text);
    }

    private void records(DnsLocal local) {
        DnsName origin =
                local.domains().stream().findFirst().flatMap(DnsName::typed).orElse(DnsName.ROOT);
        places.each(ROOT + ".local.records", local.records(), (path, line) -> {
            try {
                ZoneLine.parse(line, origin, local.ttl().toSeconds());
            } catch (ZoneLine.NotALineException e) {
                places.error(path, ConfigProblem.quote(line) + " cannot be read: " + e.getMessage());
            }
        });
    }

    private void rewrite(String path, DnsRewrite rewrite) {
        if (rewrite.name().startsWith(WILDCARD)) {
            DnsCheck.name(places, path + ".name", rewrite.name().substring(WILDCARD.length()));
        } else {
            name(path + ".name", rewrite.name());
        }
        target(path + ".to", rewrite);
        places.each(path + ".types", rewrite.types(), (key, type) -> {
            if (RecordType.parse(type).isEmpty()) {
                places.error(
                        key,
                        ConfigProblem.quote(type) + " is no type of records; write it as in AAAA, HTTPS or TYPE65280");
            }
        });
        DnsCheck.groups(places, config, path + ".groups", rewrite.groups());
    }

    private void target(String path, DnsRewrite rewrite) {
        if (rewrite.to().isEmpty() && !places.isWrong(path)) {
            places.error(path, "is empty: write addresses, or one name");
            return;
        }
        long addresses = rewrite.to().stream()
                .filter(text -> IpAddress.parse(text).isPresent())
                .count();
        if (addresses == 0 && rewrite.to().size() > 1) {
            places.error(path, "has several names; write one, or addresses");
        } else if (addresses == 0 && !rewrite.to().isEmpty()) {
            DnsCheck.name(places, path, rewrite.to().getFirst());
        } else if (addresses < rewrite.to().size()) {
            places.error(path, "has addresses and names; write addresses, or one name");
        }
    }
}
