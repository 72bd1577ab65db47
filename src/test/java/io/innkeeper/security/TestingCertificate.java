package io.innkeeper.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A certificate for {@code dns.test} and 127.0.0.1, which signs itself, made by openssl. */
public record TestingCertificate(Path certificate, Path key) {
    /** True where there is an openssl. */
    public static boolean possible() {
        return List.of("/usr/bin/openssl", "/usr/local/bin/openssl", "/bin/openssl").stream()
                .anyMatch(file -> Files.isExecutable(Path.of(file)));
    }

    /** Makes one; {@code kind} as openssl has it: {@code rsa:2048}, {@code ed25519}, {@code ec}. */
    public static TestingCertificate make(Path folder, String name, String kind) throws Exception {
        TestingCertificate made = new TestingCertificate(folder.resolve(name + ".pem"), folder.resolve(name + ".key"));
        List<String> command = new ArrayList<>(List.of("req", "-x509", "-newkey", kind));
        if (kind.equals("ec")) {
            command.addAll(List.of("-pkeyopt", "ec_paramgen_curve:prime256v1"));
        }
        command.addAll(List.of("-nodes", "-days", "2", "-subj", "/CN=" + name, "-addext"));
        command.addAll(List.of("subjectAltName=DNS:dns.test,IP:127.0.0.1", "-out", made.certificate.toString()));
        command.addAll(List.of("-keyout", made.key.toString()));
        openssl(command);
        return made;
    }

    /** Puts these files in the place of others. */
    public void replace(TestingCertificate other) throws IOException {
        Files.writeString(other.certificate, Files.readString(certificate));
        Files.writeString(other.key, Files.readString(key));
    }

    static void openssl(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(command + "\n" + said);
        }
    }
}
