package io.innkeeper.wire.rdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in a message: a value, or a refusal that says why; what is read is written the same and read again. */
class PluginMessageFuzzTest {
    private static final int[] VALUES = {0, 1, 2, 0x7f, 0x80, 0xff, '0', '.', ':', ' '};

    static Stream<Path> samples() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of("src/test/resources/rdk"))) {
            files = all.filter(file -> file.toString().endsWith(".bin"))
                    .sorted()
                    .toList();
        }
        return files.stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void eachOctetOverwritten(Path sample) throws IOException {
        byte[] message = Files.readAllBytes(sample);
        for (int at = 0; at < message.length; at++) {
            byte before = message[at];
            for (int value : VALUES) {
                message[at] = (byte) value;
                check(message);
            }
            message[at] = before;
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void wholeStretchesOverwritten(Path sample) throws IOException {
        byte[] original = Files.readAllBytes(sample);
        Random random = new Random(sample.getFileName().toString().hashCode());
        for (int round = 0; round < 2_000; round++) {
            byte[] message = original.clone();
            int at = random.nextInt(message.length);
            int to = Math.min(message.length, at + 1 + random.nextInt(300));
            if (random.nextBoolean()) {
                byte[] rubbish = new byte[to - at];
                random.nextBytes(rubbish);
                System.arraycopy(rubbish, 0, message, at, rubbish.length);
            } else {
                Arrays.fill(message, at, to, (byte) VALUES[random.nextInt(VALUES.length)]);
            }
            check(message);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void eachLengthAround(Path sample) throws IOException {
        byte[] original = Files.readAllBytes(sample);
        for (int length = original.length - 300; length < original.length + 300; length++) {
            PluginParsed parsed = check(Arrays.copyOf(original, length));
            boolean known = MessageLayout.ofLength(length).isPresent();
            assertThat(parsed instanceof Rejected rejected && rejected.reason() == Rejected.Reason.LENGTH)
                    .isEqualTo(!known);
        }
    }

    private static PluginParsed check(byte[] bytes) {
        PluginParsed parsed = PluginMessage.parse(bytes);
        switch (parsed) {
            case PluginMessage message -> {
                assertThat(message.ifname()).isNotEmpty();
                assertThat(message.layout().length()).isEqualTo(bytes.length);
                assertThat(message.write()).hasSize(bytes.length);
            }
            case Rejected rejected -> {
                assertThat(rejected.detail()).isNotEmpty();
                assertThat(rejected.length()).isEqualTo(bytes.length);
            }
        }
        return parsed;
    }
}
