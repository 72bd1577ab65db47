package io.innkeeper.config;

/**
 * One value of a DHCP option as written; the type of the option says what it means. Numbers and {@code true} need no quotes.
 *
 * @param text as written
 */
public record OptionText(String text) {
    @Override
    public String toString() {
        return text;
    }
}
