package io.innkeeper;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code run --config FILE --set KEY=VALUE …} in exactly this form. The command line library costs a third of the time until
 * the first answer; this saves it for the one command where that matters. Everything else, and every mistake, is left to it.
 *
 * @param config the configuration file, or null
 * @param settings what {@code --set} gave
 */
record RunArguments(@Nullable Path config, List<String> settings) {
    static Optional<RunArguments> parse(String[] arguments) {
        if (arguments.length % 2 != 1 || !arguments[0].equals("run")) {
            return Optional.empty();
        }
        Path config = null;
        List<String> settings = new ArrayList<>();
        for (int i = 1; i < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "-c", "--config" -> config = Path.of(arguments[i + 1]);
                case "-s", "--set" -> settings.add(arguments[i + 1]);
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new RunArguments(config, settings));
    }
}
