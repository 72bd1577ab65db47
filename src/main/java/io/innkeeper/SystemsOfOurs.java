package io.innkeeper;

import innkeeper.v1.NamingPolicy;
import innkeeper.v1.SystemRecord;
import io.innkeeper.api.grpc.NamingPolicies;
import io.innkeeper.api.grpc.SystemRecords;
import io.innkeeper.config.RunningConfig;
import io.innkeeper.desk.SystemRegistration;
import io.innkeeper.outbound.KnownSystems;
import io.innkeeper.store.Installations;
import io.innkeeper.wire.net.MacAddress;
import java.util.Optional;

/** What neighbours are told of our systems, and what becomes of what they tell. */
final class SystemsOfOurs implements KnownSystems {
    /** Who says so, where a neighbour's records do. */
    private static final String SOURCE = "database";

    /** Who changes the configuration, where a neighbour's policy does. */
    private static final String NEIGHBOUR = "outbound.configuration";

    private final Heart heart;
    private final SystemRecords records;
    private final NamingPolicies policies;

    SystemsOfOurs(Heart heart, RunningConfig running) {
        this.heart = heart;
        this.policies = new NamingPolicies(running);
        this.records = new SystemRecords(heart.devices, new Installations(heart.database));
    }

    @Override
    public Optional<SystemRecord> find(String mac) {
        return MacAddress.parse(mac).flatMap(records::find);
    }

    @Override
    public void name(NamingPolicy policy) {
        policies.follow(policy, NEIGHBOUR);
    }

    @Override
    public void takeOver(String mac, String hostname) {
        MacAddress.parse(mac)
                .ifPresent(known -> heart.desk.register(new SystemRegistration(known, hostname, null, SOURCE)));
    }
}
