package io.innkeeper.api.grpc;

import innkeeper.v1.NamingPolicy;
import io.innkeeper.config.RunningConfig;
import io.innkeeper.view.Json;
import tools.jackson.databind.node.ObjectNode;

/** Takes over how a neighbour has systems named. */
public final class NamingPolicies {
    private final RunningConfig running;

    /** Changes this configuration. */
    public NamingPolicies(RunningConfig running) {
        this.running = running;
    }

    /**
     * Names systems as this policy says; does nothing where they are named so already.
     *
     * @param who says so, for the audit
     * @throws io.grpc.StatusRuntimeException if the policy makes no sense here
     */
    public void follow(NamingPolicy policy, String who) {
        NamingPolicy now = Namings.of(running);
        if (!now.toBuilder().mergeFrom(policy).build().equals(now)) {
            ObjectNode patch = Json.MAPPER.createObjectNode();
            Refusal.Fields fields = new Refusal.Fields();
            Namings.patch(patch, policy, "policy", fields);
            fields.check();
            new Changes(running).make(patch, who);
        }
    }
}
