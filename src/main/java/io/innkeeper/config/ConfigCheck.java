package io.innkeeper.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one key alone cannot tell: rules between keys, and things worth a warning. */
final class ConfigCheck {
    private final Map<String, Origin> provenance;
    private final Problems problems;

    ConfigCheck(Map<String, Origin> provenance, Problems problems) {
        this.provenance = provenance;
        this.problems = problems;
    }

    /** Checks the sections that could be read; the others have their errors already. */
    void check(Map<String, @Nullable Object> sections) {
        if (sections.get("dnsmasq") instanceof List<?> sources) {
            sources(sources.stream().map(DnsmasqSource.class::cast).toList());
        }
        if (sections.get("api") instanceof ApiConfig api && !api.listen().isLoopback()) {
            problems.warning(
                    "api.listen",
                    origin("api.listen"),
                    api.listen() + " can be reached from other machines, and there is no login");
        }
    }

    private void sources(List<DnsmasqSource> sources) {
        Map<String, Integer> names = new HashMap<>();
        Set<Path> files = new HashSet<>();
        for (int i = 0; i < sources.size(); i++) {
            DnsmasqSource source = sources.get(i);
            String path = "dnsmasq[" + i + "]";
            Integer before = names.putIfAbsent(source.name(), i);
            if (before != null) {
                String text = "the name '" + source.name() + "' is taken by dnsmasq[" + before + "]; names are unique";
                problems.error(path + ".name", origin(path + ".leases"), text);
            }
            if (!files.add(source.leases().normalize())) {
                problems.error(
                        path + ".leases", origin(path + ".leases"), "this lease file is watched by another entry too");
            }
        }
    }

    private Origin origin(String path) {
        return provenance.getOrDefault(path, Origin.DEFAULT);
    }
}
