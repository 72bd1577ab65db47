package io.innkeeper.store;

import java.nio.file.Path;

/** Another process that opens a database and says what came of it. */
final class TestingOpener {
    private TestingOpener() {}

    public static void main(String[] arguments) {
        try (Database database = Database.open(Path.of(arguments[0]))) {
            System.out.println("opened " + database.file());
        } catch (StoreException e) {
            System.out.println(e.getMessage());
        }
    }
}
