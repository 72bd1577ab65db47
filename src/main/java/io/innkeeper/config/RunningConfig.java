package io.innkeeper.config;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The configuration in force, and the only way to change it. A new one is read, checked and handed to the parts that run; if
 * anything about it is wrong the old one stays in force and the listener hears why. One change at a time.
 */
public final class RunningConfig {
    /** Carries a change out. */
    public interface Applier {
        /**
         * Brings all parts in line with the next configuration.
         *
         * @throws RefusedException if it cannot; then everything is as before
         */
        void apply(Config old, Config next, ConfigChange change) throws RefusedException;
    }

    /** Where the run-time layer lasts. */
    public interface RuntimeStore {
        /** The layer as stored; empty where nothing was ever set. */
        Optional<String> load();

        /** Stores it, noting who changed it. */
        void save(String layer, String who);
    }

    /** Hears what became of changes. */
    public interface Listener {
        /** A change is in force; {@code from} says where it came from. */
        void applied(String from, ConfigChange change);

        /** A change was turned down. */
        void rejected(String from, List<String> problems);
    }

    /** A change cannot be carried out, for a reason that only showed when it was tried. */
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        /** With a sentence. */
        public RefusedException(String message) {
            super(message);
        }
    }

    /**
     * What became of a change.
     *
     * @param problems why it was turned down; empty where it was not
     * @param change what it asked of each part; null where it was turned down before that was known
     */
    public record Outcome(
            List<ConfigProblem> problems, @Nullable ConfigChange change) {
        /** Copies the list. */
        public Outcome {
            problems = List.copyOf(problems);
        }

        /** True where the new configuration is in force. */
        public boolean isApplied() {
            return problems.isEmpty();
        }
    }

    private final ConfigSources sources;
    private final RuntimeStore runtime;
    private final Applier applier;
    private final Listener listener;
    private volatile ConfigResult.Valid current;

    /** What the last change replaced, as long as that change may be taken back. */
    private @Nullable Before before;

    /** A configuration that was in force, and the run-time layer it was made with, where the change that ended it touched that. */
    private record Before(
            ConfigResult.Valid result, @Nullable String layer) {}

    /** The configuration that the program started with, and what is needed to change it. */
    public RunningConfig(
            ConfigSources sources, ConfigResult.Valid first, RuntimeStore runtime, Applier applier, Listener listener) {
        this.sources = sources;
        this.current = first;
        this.runtime = runtime;
        this.applier = applier;
        this.listener = listener;
    }

    /** The configuration in force. */
    public Config config() {
        return current.config();
    }

    /** Where each of its values came from, and what may be shown beside it. */
    public ConfigResult.Valid result() {
        return current;
    }

    /** Reads all sources again. */
    public synchronized Outcome reload(String from) {
        return take(from, sources.load(runtime.load().orElse(null)), null, "");
    }

    /**
     * Changes the run-time layer by a JSON merge patch (RFC 7396). It lasts.
     *
     * @param who for the audit
     */
    public synchronized Outcome patch(String patch, String who) {
        return switch (RuntimeLayer.apply(runtime.load().orElse(null), patch)) {
            case RuntimeLayer.Rejected rejected -> turnedDown("API", rejected.errors());
            case RuntimeLayer.Patched patched -> take("API", sources.load(patched.text()), patched.text(), who);
        };
    }

    /**
     * A change that was applied turned out not to work: what was in force before it is again, also after a restart. Does
     * nothing where another change came between.
     *
     * @param failed the configuration that does not work
     */
    public synchronized void takeBack(Config failed, String reason) {
        Before last = before;
        if (last == null || !current.config().equals(failed)) {
            return;
        }
        before = null;
        ConfigResult.Valid now = current;
        current = last.result();
        goBack(now, last.result());
        String layer = last.layer();
        if (layer != null) {
            runtime.save(layer, "Innkeeper");
        }
        listener.rejected("taken back", List.of(reason));
    }

    private void goBack(ConfigResult.Valid from, ConfigResult.Valid to) {
        try {
            applier.apply(from.config(), to.config(), ConfigChange.between(from.config(), to.config()));
        } catch (RefusedException e) {
            listener.rejected("taken back", List.of(String.valueOf(e.getMessage())));
        }
    }

    /** Goes on without the run-time layer, which stays stored: for a start that fails with it. */
    public synchronized Outcome setAside(String from) {
        return take(from, sources.load(null), null, "");
    }

    /** What would become of a patch, or, where it is null, of a reload; changes nothing. */
    public synchronized ConfigResult check(@Nullable String patch) {
        String stored = runtime.load().orElse(null);
        if (patch == null) {
            return sources.load(stored);
        }
        return switch (RuntimeLayer.apply(stored, patch)) {
            case RuntimeLayer.Rejected rejected -> new ConfigResult.Invalid(rejected.errors(), List.of());
            case RuntimeLayer.Patched patched -> sources.load(patched.text());
        };
    }

    private Outcome take(String from, ConfigResult result, @Nullable String layer, String who) {
        return switch (result) {
            case ConfigResult.Invalid invalid -> turnedDown(from, invalid.errors());
            case ConfigResult.Valid valid -> carryOut(from, valid, layer, who);
        };
    }

    private Outcome carryOut(String from, ConfigResult.Valid valid, @Nullable String layer, String who) {
        ConfigChange change = ConfigChange.between(current.config(), valid.config());
        if (!change.refusals().isEmpty()) {
            return turnedDown(
                    from,
                    change.refusals().stream()
                            .map(reason -> problem(from, reason))
                            .toList());
        }
        try {
            if (!change.isSame()) {
                applier.apply(current.config(), valid.config(), change);
            }
        } catch (RefusedException e) {
            return turnedDown(from, List.of(problem(from, Objects.requireNonNull(e.getMessage()))));
        }
        if (layer != null) {
            keep(valid, change, layer, who);
        } else if (!change.isSame()) {
            before = new Before(current, null);
        }
        current = valid;
        if (!change.isSame()) {
            listener.applied(from, change);
        }
        return new Outcome(List.of(), change);
    }

    /** A change that cannot be stored would be gone after a restart: it is not made. */
    private void keep(ConfigResult.Valid valid, ConfigChange change, String layer, String who) {
        try {
            String stored = runtime.load().orElse("{}");
            runtime.save(layer, who);
            before = change.isSame() ? before : new Before(current, stored);
        } catch (RuntimeException e) {
            if (!change.isSame()) {
                goBack(valid, current);
            }
            throw e;
        }
    }

    private static ConfigProblem problem(String from, String reason) {
        return new ConfigProblem("", new Origin(from, 0), reason, null);
    }

    private Outcome turnedDown(String from, List<ConfigProblem> problems) {
        listener.rejected(from, problems.stream().map(ConfigProblem::text).toList());
        return new Outcome(problems, null);
    }

    /** What a change asked of each part, for an event or an answer: the parts that are not the same. */
    public static Map<String, String> summary(ConfigChange change) {
        return change.parts().entrySet().stream()
                .filter(entry -> entry.getValue().kind() != ConfigChange.Kind.SAME)
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().kind().name().toLowerCase(java.util.Locale.ROOT)));
    }
}
