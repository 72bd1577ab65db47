package io.innkeeper.config;

/**
 * A class of clients.
 *
 * @param name unique
 * @param match who is in it
 * @param level what it says to its clients
 */
@Doc("A class of clients, and what is said to them.")
public record Dhcp4Class(
        @Doc("What the class is called; unique.")
        @Matches(pattern = Dhcp4Config.NAME, words = "a name of 1 to 63 letters, digits, '.', '_' or '-'")
        String name,

        @Doc("Who is in it.") Dhcp4Match match,

        @Inline Dhcp4Level level) {}
