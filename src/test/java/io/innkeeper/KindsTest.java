package io.innkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.device.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The owner's file of fingerprints: used where it can be, and harmless where it cannot. */
@Timeout(60)
class KindsTest {
    private static final String LINE = "Gate opener | 1-3-28-6-250 | -\n";
    private static final Fingerprint GATE =
            Objects.requireNonNull(Fingerprint.of(Map.of("requestedOptions", "1,3,28,6,250")));

    @TempDir
    private Path folder;

    private static @Nullable String kind(Path file) {
        return new Kinds(() -> file).get().kindOf(GATE);
    }

    @Test
    void aFileIsUsed() throws IOException {
        assertThat(kind(Files.writeString(folder.resolve("f.txt"), LINE))).isEqualTo("Gate opener");
    }

    @Test
    void whatNeverEndsIsNotRead() {
        assertThat(kind(Path.of("/dev/zero"))).isNull();
    }

    @Test
    void whatIsNoFileIsNotRead() {
        assertThat(kind(folder)).isNull();
        assertThat(kind(folder.resolve("missing"))).isNull();
    }

    @Test
    void whatIsTooLongIsNotRead() throws IOException {
        Path file = folder.resolve("f.txt");
        Files.writeString(file, LINE + "# a comment that fills the file\n".repeat(140_000));
        assertThat(kind(file)).isNull();
    }
}
