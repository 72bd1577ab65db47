package io.innkeeper.dns.log;

import java.nio.file.Path;

/** The statistics on disk. */
final class StatisticsFile {
    private final Path file;

    StatisticsFile(Path folder) {
        file = folder.resolve("statistics");
    }

    void read(QueryStatistics into) {}

    void write(QueryStatistics statistics) {}
}
