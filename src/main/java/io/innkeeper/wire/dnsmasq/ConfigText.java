package io.innkeeper.wire.dnsmasq;

import java.util.List;
import java.util.function.Predicate;

/**
 * The text of a dnsmasq configuration file as directives (dnsmasq(8), CONFIG FILE). A {@code #} at the start of a line or
 * after a blank begins a comment; between double quotes {@code , : . #} are plain characters and {@code \\ \" \t \e \b \r
 * \n} are escapes; blanks around {@code =} and at both ends do not count; a NUL octet ends its line, as in C.
 *
 * @param lines the wanted directives in order
 * @param problems the wanted lines that could not be read
 */
public record ConfigText(List<ConfigLine> lines, List<ConfigProblem> problems) {
    /** The longest line that is read. dnsmasq itself stops at 1,024 octets in the versions known. */
    public static final int MAX_LINE_OCTETS = 65_536;

    /** The most directives kept of a file. */
    public static final int MAX_LINES = 200_000;

    /** The most problems kept of a file. */
    public static final int MAX_PROBLEMS = 100;

    /** Copies both lists. */
    public ConfigText {
        lines = List.copyOf(lines);
        problems = List.copyOf(problems);
    }

    /**
     * Reads a configuration file.
     *
     * @param file its name, for the problems
     * @param octets its content
     * @param wanted which keys to keep; everything else is passed over in silence
     */
    public static ConfigText parse(String file, byte[] octets, Predicate<String> wanted) {
        return new ConfigTextParser(file, octets, wanted, null).parse();
    }

    /**
     * Reads a file that has only the right side of one directive on each line, such as a {@code dhcp-hostsfile}.
     *
     * @param file its name, for the problems
     * @param octets its content
     * @param key the directive that each line stands for
     */
    public static ConfigText parseValues(String file, byte[] octets, String key) {
        return new ConfigTextParser(file, octets, _ -> true, key).parse();
    }
}
