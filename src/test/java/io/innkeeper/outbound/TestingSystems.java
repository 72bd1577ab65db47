package io.innkeeper.outbound;

import innkeeper.v1.NamingPolicy;
import innkeeper.v1.SystemRecord;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Systems that are made up: each is known, and called as it was registered. */
final class TestingSystems implements KnownSystems {
    final Map<String, String> names = new ConcurrentHashMap<>();
    volatile NamingPolicy policy = NamingPolicy.getDefaultInstance();

    @Override
    public Optional<SystemRecord> find(String mac) {
        return Optional.of(SystemRecord.newBuilder()
                .setMac(mac)
                .setHostname(names.getOrDefault(mac, "host-" + mac.substring(15)))
                .build());
    }

    @Override
    public void name(NamingPolicy said) {
        policy = said;
    }

    @Override
    public void takeOver(String mac, String hostname) {
        names.put(mac, hostname);
    }
}
