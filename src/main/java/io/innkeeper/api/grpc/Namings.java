package io.innkeeper.api.grpc;

import innkeeper.v1.ConflictPolicy;
import innkeeper.v1.NamingPolicy;
import io.innkeeper.config.ConfigJson;
import io.innkeeper.config.RunningConfig;
import io.innkeeper.view.Json;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How systems get their names: the section {@code devices.hostnames} in the words of the contract. */
final class Namings {
    private static final String DEVICES = "devices";
    private static final String HOSTNAMES = "hostnames";
    private static final String PREFIX = "CONFLICT_POLICY_";

    private Namings() {}

    /** The policy in force. */
    static NamingPolicy of(RunningConfig running) {
        JsonNode section = Json.MAPPER
                .valueToTree(ConfigJson.write(running.config()))
                .path(DEVICES)
                .path(HOSTNAMES);
        return NamingPolicy.newBuilder()
                .setPattern(section.path("pattern").asString(""))
                .setPrefix(section.path("prefix").asString(""))
                .setConflictPolicy(policy(section.path("policy").asString("")))
                .build();
    }

    private static ConflictPolicy policy(String word) {
        return Map.of(
                        "first-wins", ConflictPolicy.CONFLICT_POLICY_FIRST_WINS,
                        "latest-wins", ConflictPolicy.CONFLICT_POLICY_LATEST_WINS,
                        "static-wins", ConflictPolicy.CONFLICT_POLICY_STATIC_WINS,
                        "suffix", ConflictPolicy.CONFLICT_POLICY_SUFFIX)
                .getOrDefault(word, ConflictPolicy.CONFLICT_POLICY_UNSPECIFIED);
    }

    /** Adds what is to change to a patch of the configuration; notes what makes no sense. */
    static void patch(ObjectNode patch, NamingPolicy change, String field, Refusal.Fields fields) {
        ObjectNode section = Json.MAPPER.createObjectNode();
        if (change.hasPattern()) {
            section.put("pattern", change.getPattern());
        }
        if (change.hasPrefix()) {
            section.put("prefix", change.getPrefix());
        }
        if (change.hasConflictPolicy()) {
            ConflictPolicy policy = change.getConflictPolicy();
            if (policy == ConflictPolicy.UNRECOGNIZED || policy == ConflictPolicy.CONFLICT_POLICY_UNSPECIFIED) {
                fields.wrong(field + ".conflict_policy", "is no policy");
            } else {
                section.put(
                        "policy",
                        policy.name()
                                .substring(PREFIX.length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '-'));
            }
        }
        if (!section.isEmpty()) {
            patch.withObject("/" + DEVICES).set(HOSTNAMES, section);
        }
    }
}
