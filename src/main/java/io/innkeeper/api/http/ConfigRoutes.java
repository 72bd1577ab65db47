package io.innkeeper.api.http;

import io.innkeeper.config.ConfigJson;
import io.innkeeper.config.ConfigProblem;
import io.innkeeper.config.ConfigResult;
import io.innkeeper.config.Dhcp4Effects;
import io.innkeeper.config.JsonSchema;
import io.innkeeper.config.RunningConfig;
import io.innkeeper.store.LeaseQueries;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configuration: read, check, change, reload. */
public final class ConfigRoutes {
    /**
     * What a check says.
     *
     * @param valid true where it could be applied
     * @param errors why not, one a line
     * @param warnings what may be worth a look
     * @param effects what leases that run would feel of it
     */
    public record CheckView(boolean valid, List<String> errors, List<String> warnings, List<String> effects) {}

    /**
     * What was applied.
     *
     * @param applied always true; a configuration that is turned down is a problem
     * @param changes what happened to each part: adjust, restart, …; parts that stayed the same are left out
     */
    public record AppliedView(boolean applied, Map<String, String> changes) {}

    /**
     * The configuration in force.
     *
     * @param config the whole of it, with the keys of the file
     * @param sources where each value came from, by key
     * @param warnings what may be worth a look
     */
    public record ConfigView(Map<String, Object> config, Map<String, String> sources, List<String> warnings) {}

    private final RunningConfig running;
    private final LeaseQueries leases;

    /** Of this configuration, and the leases that it is about. */
    public ConfigRoutes(RunningConfig running, LeaseQueries leases) {
        this.running = running;
        this.leases = leases;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/config", "The configuration in force", ConfigView.class, call -> show()),
                Route.with(
                        "PATCH",
                        "/api/v1/config",
                        "Changes it by a JSON merge patch (RFC 7396); null takes a setting back. Lasts over restarts",
                        Object.class,
                        AppliedView.class,
                        this::patch),
                Route.with(
                        "POST",
                        "/api/v1/config/check",
                        "What a patch would do; with an empty body, what a reload would do. Changes nothing",
                        Object.class,
                        CheckView.class,
                        this::check),
                Route.bare(
                        "POST",
                        "/api/v1/config/reload",
                        "Reads file and environment again",
                        AppliedView.class,
                        call -> outcome(running.reload("API"))),
                Route.get(
                        "/api/v1/config/schema",
                        "The JSON Schema (2020-12) of the configuration",
                        Object.class,
                        call -> Answer.json(JsonSchema.ofConfig())));
    }

    private Answer show() {
        ConfigResult.Valid result = running.result();
        Map<String, String> sources = new LinkedHashMap<>();
        result.provenance().forEach((key, origin) -> sources.put(key, origin.text()));
        return Answer.json(new ConfigView(ConfigJson.write(result.config()), sources, texts(result.warnings())));
    }

    private static List<String> texts(List<ConfigProblem> problems) {
        return problems.stream().map(ConfigProblem::text).toList();
    }

    private Answer patch(Call call) {
        return outcome(running.patch(text(call), call.remoteAddress()));
    }

    /** The body of a patch, which is known to be a JSON object. */
    private static String text(Call call) {
        byte[] body = call.body();
        JsonBody.object(body);
        return new String(body, StandardCharsets.UTF_8);
    }

    static Answer outcome(RunningConfig.Outcome outcome) {
        if (!outcome.isApplied() || outcome.change() == null) {
            List<Problem.FieldError> errors = outcome.problems().stream()
                    .map(problem -> new Problem.FieldError(problem.path(), problem.text()))
                    .toList();
            return Answer.problem(new Problem(
                    "/problems/config-rejected",
                    "The configuration was rejected",
                    422,
                    "nothing was changed; the old configuration goes on",
                    errors));
        }
        return Answer.json(new AppliedView(true, RunningConfig.summary(outcome.change())));
    }

    private Answer check(Call call) {
        byte[] body = call.body();
        String patch = body.length == 0 ? null : patchText(body);
        ConfigResult result = running.check(patch);
        List<String> errors = result instanceof ConfigResult.Invalid invalid ? texts(invalid.errors()) : List.of();
        return Answer.json(new CheckView(errors.isEmpty(), errors, texts(result.warnings()), effects(result)));
    }

    private List<String> effects(ConfigResult result) {
        return result instanceof ConfigResult.Valid valid
                ? Dhcp4Effects.between(
                        running.config().dhcp4(),
                        valid.config().dhcp4(),
                        range -> leases.countOwn(range.first(), range.last()))
                : List.of();
    }

    private static @Nullable String patchText(byte[] body) {
        JsonBody.object(body);
        return new String(body, StandardCharsets.UTF_8);
    }
}
