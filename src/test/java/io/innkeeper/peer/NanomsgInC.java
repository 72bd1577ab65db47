package io.innkeeper.peer;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Programs of {@code src/test/c}, on the real libnanomsg. */
final class NanomsgInC {
    private static final Path SOURCES = Path.of(System.getProperty("innkeeper.root", "."), "src", "test", "c");

    private NanomsgInC() {}

    /** Compiles one; skips the test where there is no compiler, or no libnanomsg to compile with. */
    static Path compiled(Path folder, String name) {
        String compiler = Stream.of("cc", "gcc", "tcc")
                .filter(Programs::exists)
                .findFirst()
                .orElse("");
        boolean possible = !compiler.isEmpty() && Files.exists(Path.of("/usr/include/nanomsg/nn.h"));
        if (!possible) {
            System.out.println("SKIPPED: this test needs a C compiler (tcc, libc6-dev) and libnanomsg-dev");
        }
        assumeTrue(possible, "this test needs a C compiler and libnanomsg-dev");
        Path program = folder.resolve(name);
        Programs.run(List.of(
                Programs.find(compiler),
                "-O",
                "-o",
                program.toString(),
                SOURCES.resolve(name + ".c").toString(),
                "-lnanomsg"));
        return program;
    }
}
