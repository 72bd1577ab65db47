package io.innkeeper.feed.dnsmasq.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.property.Property;
import io.innkeeper.property.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stories of a log that is written, rotated in every way, and read by one who crashes: each line is stored once, in order. */
class FollowingPropertyTest {
    private static final int STORIES = 300;
    private static final int STEPS = 60;

    @TempDir
    private Path folder;

    @Test
    void eachLineOnceInOrder() {
        Property.check(STORIES, this::story);
    }

    private void story(Samples random) {

        try {
            Path own = Files.createTempDirectory(folder, "story");
            List<String> told = new ArrayList<>();
            try (RotatedLog log = new RotatedLog(own);
                    StoringReader reader = new StoringReader(log.file(), random.oneIn(2))) {
                reader.drain();
                for (int i = 0; i < STEPS; i++) {
                    told.add(step(random, log, reader) + "@" + log.written().size() + "/"
                            + reader.stored().size());
                }
                log.write(1);
                log.reopen();
                reader.drain();
                reader.later();
                reader.drain();
                assertThat(difference(reader.stored(), log.written()))
                        .as("%s", told)
                        .isEmpty();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String difference(List<String> stored, List<String> written) {
        for (int i = 0; i < Math.max(stored.size(), written.size()); i++) {
            String got = i < stored.size() ? stored.get(i) : "nothing";
            String wanted = i < written.size() ? written.get(i) : "nothing";
            if (!got.equals(wanted)) {
                return "line " + i + " is " + got + "; wanted: " + wanted;
            }
        }
        return "";
    }

    private static String step(Samples random, RotatedLog log, StoringReader reader) {
        int what = random.below(20);
        return switch (what) {
            case 0, 1, 2, 3, 4 -> {
                int lines = random.oneIn(4) ? 400 : 1 + random.below(4);
                log.write(lines);
                yield "write " + lines;
            }
            case 5 -> {
                log.writeHalf();
                yield "half";
            }
            case 6, 7 -> {
                whole(log);
                boolean create = random.oneIn(2);
                log.reopen();
                log.rename(create);
                yield "rename " + create;
            }
            case 8, 9, 10 -> copyAndTruncate(random, log, reader);
            case 11, 12 -> {
                int number = 1 + random.below(3);
                if (number > 1 || !log.writesToRotated()) {
                    log.compress(number);
                }
                yield "compress " + number;
            }
            case 13 -> {
                whole(log);
                log.reopen();
                yield "reopen";
            }
            case 14 -> {
                reader.later();
                yield "later";
            }
            case 15 -> {
                reader.crash();
                yield "crash";
            }
            case 16 -> {
                reader.loseNext();
                yield "lose";
            }
            case 17 -> {
                reader.drain();
                yield "drain";
            }
            default -> {
                int turns = 1 + random.below(3);
                turns(reader, turns);
                yield turns + " turns";
            }
        };
    }

    private static String copyAndTruncate(Samples random, RotatedLog log, StoringReader reader) {
        whole(log);
        log.reopen();
        log.copy();
        int turns = random.below(3);
        turns(reader, turns);
        log.truncate();
        return "copy, " + turns + " turns, truncate";
    }

    private static void whole(RotatedLog log) {
        if (log.isInLine()) {
            log.write(1);
        }
    }

    private static void turns(StoringReader reader, int turns) {
        for (int i = 0; i < turns; i++) {
            reader.turn();
        }
    }
}
