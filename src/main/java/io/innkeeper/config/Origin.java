package io.innkeeper.config;

/**
 * Where a value comes from.
 *
 * @param source a file name, {@code environment INNKEEPER_API_LISTEN}, {@code --set api.listen=…}, {@code run-time} or
 *     {@code default}
 * @param line counted from 1; 0 where the source has no lines
 */
public record Origin(String source, int line) {
    /** Of every value that nobody set. */
    public static final Origin DEFAULT = new Origin("default", 0);

    /** Of what was set through the API and lasts. */
    public static final String RUN_TIME = "run-time";

    /** {@code innkeeper.yaml:12}, or the source alone. */
    public String text() {
        return line > 0 ? source + ":" + line : source;
    }
}
