package io.innkeeper.outbound;

import innkeeper.v1.NamingPolicy;
import innkeeper.v1.SystemRecord;
import java.util.Optional;

/** What neighbours are told of systems, and what they tell. The wiring knows who has it. Safe for any thread. */
public interface KnownSystems {
    /**
     * What is known of a system now.
     *
     * @param mac its hardware address
     * @return empty where it is not known any more
     * @throws io.innkeeper.store.StoreException if the store cannot be read
     */
    Optional<SystemRecord> find(String mac);

    /**
     * A neighbour has a name for a system: it is taken over, as far as it can be had.
     *
     * @throws io.innkeeper.store.StoreException if the store cannot be written
     */
    void takeOver(String mac, String hostname);

    /**
     * A neighbour has a policy for names: it is ours from now on.
     *
     * @throws io.grpc.StatusRuntimeException if it makes no sense here
     */
    void name(NamingPolicy policy);
}
