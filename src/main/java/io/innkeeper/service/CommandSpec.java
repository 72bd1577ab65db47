package io.innkeeper.service;

import io.innkeeper.config.Suggestion;
import io.innkeeper.wire.net.PrintableText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A command: its name, what it does, what it takes. Checks arguments before anybody acts on them. Pure.
 *
 * @param name lower case, words joined by {@code _}
 * @param doc what it does, in a sentence
 * @param arguments what it takes
 * @param result what comes back, in a sentence
 */
public record CommandSpec(String name, String doc, List<ArgumentSpec> arguments, String result) {
    /** How many wrong arguments are told at once: an answer stays short, whatever was asked. */
    static final int PROBLEMS_MAX = 8;

    private static final int NAME_SHOWN = 40;

    /** Copies the arguments. */
    public CommandSpec {
        arguments = List.copyOf(arguments);
    }

    /** A command that takes nothing. */
    public static CommandSpec of(String name, String doc, String result) {
        return new CommandSpec(name, doc, List.of(), result);
    }

    /** The same, with arguments. */
    public CommandSpec taking(ArgumentSpec... more) {
        return new CommandSpec(name, doc, Arrays.asList(more), result);
    }

    /** What came of a check. */
    public sealed interface Checked {}

    /** The arguments are right. */
    public record Right(Arguments arguments) implements Checked {}

    /**
     * They are not.
     *
     * @param problems one for each that is wrong, missing or unknown; at most {@value #PROBLEMS_MAX}
     */
    public record Wrong(List<ArgumentProblem> problems) implements Checked {}

    /** Reads the arguments of a call, all of them, so that all mistakes are told at once. */
    public Checked check(Command command) {
        List<ArgumentProblem> problems = new ArrayList<>();
        Map<String, Object> read = new LinkedHashMap<>();
        for (ArgumentSpec argument : arguments) {
            Object given = command.args().get(argument.name());
            Object value = given != null ? given : argument.preset();
            if (value != null) {
                argument.read(value)
                        .ifPresentOrElse(
                                good -> read.put(argument.name(), good), () -> problems.add(argument.problem(value)));
            } else if (argument.isRequired()) {
                problems.add(new ArgumentProblem(argument.name(), "is missing: it must be " + argument.words()));
            }
        }
        List<String> known = arguments.stream().map(ArgumentSpec::name).toList();
        for (String written : command.args().keySet()) {
            if (problems.size() < PROBLEMS_MAX && !known.contains(written)) {
                problems.add(unknown(written, known));
            }
        }
        return problems.isEmpty()
                ? new Right(new Arguments(read, command.by()))
                : new Wrong(problems.subList(0, Math.min(problems.size(), PROBLEMS_MAX)));
    }

    private ArgumentProblem unknown(String written, List<String> known) {
        String all = known.isEmpty() ? name + " takes none" : "there are: " + String.join(", ", known);
        return new ArgumentProblem(
                shown(written, NAME_SHOWN), "is no argument of " + name + "; " + didYouMean(written, known) + all);
    }

    /** {@code did you mean 'x'? }, or nothing. */
    static String didYouMean(String written, List<String> known) {
        String near = Suggestion.nearest(written, known);
        return near == null ? "" : "did you mean '" + near + "'? ";
    }

    /** What somebody wrote, so that it can be shown and logged: without what acts, and not too long. */
    static String shown(String written, int max) {
        String start = written.length() <= max ? written : written.substring(0, max) + "…";
        return PrintableText.escape(start);
    }
}
