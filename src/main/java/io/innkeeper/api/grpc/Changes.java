package io.innkeeper.api.grpc;

import com.google.rpc.Code;
import io.innkeeper.config.ConfigProblem;
import io.innkeeper.config.ConfigResult;
import io.innkeeper.config.RunningConfig;
import io.innkeeper.view.Json;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Changes of the configuration that callers ask for: checked whole, then made, or not at all. */
final class Changes {
    private final RunningConfig running;

    Changes(RunningConfig running) {
        this.running = running;
    }

    /** Ends the call where the patch could not be applied. */
    void check(ObjectNode patch) {
        ConfigResult result = running.check(Json.write(patch));
        switch (result) {
            case ConfigResult.Invalid invalid -> refuse(invalid.errors());
            case ConfigResult.Valid valid -> {
                // A list of instances that was set at run time would be replaced by what the patch names.
                if (!Monitors.names(valid.config()).equals(Monitors.names(running.config()))) {
                    throw Refusal.of(
                            Code.FAILED_PRECONDITION,
                            "LIST_AT_RUN_TIME",
                            "the instances of dnsmasq were set as a list at run time; change them by PATCH /api/v1/config",
                            Map.of());
                }
            }
        }
    }

    /** Makes a change that lasts; ends the call where it is turned down. Returns what was asked of each part. */
    Map<String, String> make(ObjectNode patch, String who) {
        check(patch);
        RunningConfig.Outcome outcome = running.patch(Json.write(patch), who);
        if (!outcome.isApplied() || outcome.change() == null) {
            refuse(outcome.problems());
            throw new IllegalStateException("turned down without a reason");
        }
        return RunningConfig.summary(outcome.change());
    }

    private static void refuse(List<ConfigProblem> problems) {
        Refusal.Fields fields = new Refusal.Fields();
        problems.forEach(
                problem -> fields.wrong(problem.path().isEmpty() ? "configuration" : problem.path(), problem.text()));
        fields.check();
    }
}
