package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What goes over some interfaces, kept by dumpcap and read by tshark. */
final class Capture implements AutoCloseable {
    private final Path file;
    private final Process dumpcap;

    /** Keeps everything about DHCP that goes over these interfaces from now on. */
    Capture(Place place, Path folder, List<String> interfaces) throws IOException {
        this(place, folder, interfaces, "udp port 67 or udp port 68");
    }

    /** Keeps what goes over these interfaces from now on and fits this filter of libpcap. */
    Capture(Place place, Path folder, List<String> interfaces, String filter) throws IOException {
        file = folder.resolve("capture-" + String.join("-", interfaces) + ".pcapng");
        List<String> command = new ArrayList<>(List.of(Programs.find("dumpcap"), "-q", "-B", "16"));
        // A filter belongs to the interface before it.
        interfaces.forEach(name -> command.addAll(List.of("-i", name, "-f", filter)));
        command.addAll(List.of("-w", file.toString()));
        Path log = folder.resolve(file.getFileName() + ".log");
        dumpcap = new ProcessBuilder(place.command(command.toArray(String[]::new)))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await("dumpcap keeps what comes").atMost(30, SECONDS).until(() -> {
            assertThat(dumpcap.isAlive()).as(Files.readString(log)).isTrue();
            return Files.readString(log).contains("File: ");
        });
    }

    /** The packets so far that fit a display filter of tshark: the values of these fields, with tabs between them. */
    List<String> packets(String filter, String... fields) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("-Y", filter, "-T", "fields"));
        for (String field : fields) {
            command.addAll(List.of("-e", field));
        }
        return tshark(command);
    }

    /** Ends it; fails with the packets of this sender, port 67, in which tshark finds anything wrong. */
    void isSound(String sender) throws IOException, InterruptedException {
        end();
        String ours = "ip.src == " + sender + " && udp.srcport == 67";
        assertThat(packets(ours, "frame.number")).as("packets of ours").isNotEmpty();
        String wrong = "(" + ours + ") && (_ws.malformed || _ws.expert.severity == error"
                + " || udp.checksum.status == Bad || ip.checksum.status == Bad)";
        assertThat(tshark(List.of("-Y", wrong, "-V")))
                .as("packets that tshark objects to")
                .isEmpty();
    }

    private List<String> tshark(List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Programs.find("tshark"),
                "-n",
                "-o",
                "udp.check_checksum:TRUE",
                "-o",
                "ip.check_checksum:TRUE",
                "-r",
                file.toString()));
        command.addAll(options);
        Path complaints = Files.createTempFile("tshark", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(complaints.toFile())
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                // The last packet may not be written to its end yet; anything else is a fault of the test.
                assertThat(Files.readString(complaints)).as("tshark " + options).contains("cut short");
            }
            return said.lines().toList();
        } finally {
            Files.delete(complaints);
        }
    }

    /** Keeps nothing more; what it has is in its file to the last packet. */
    void end() {
        Programs.end(dumpcap);
    }

    @Override
    public void close() {
        end();
    }
}
