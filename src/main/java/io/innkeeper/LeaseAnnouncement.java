package io.innkeeper;

import io.innkeeper.config.LeaseMonitorAnnounce;
import io.innkeeper.feed.rdk.v2.ServiceRecords;
import io.innkeeper.io.LocalNetworks;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.rdk.SpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells senders where the lease monitor listens: by a file, by our own DNS server. Closing takes it back. */
final class LeaseAnnouncement implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseAnnouncement.class);
    private static final String USUAL_NAME = "innkeeper";

    private final LeaseMonitorAnnounce wanted;
    private final Consumer<UnaryOperator<List<String>>> dns;
    private final String text;

    /**
     * Announces.
     *
     * @param listeners where the monitor listens
     * @param dns takes the records of the local domains
     * @throws IOException if the file cannot be written; the message names it
     */
    LeaseAnnouncement(LeaseMonitorAnnounce wanted, List<SpAddress> listeners, Consumer<UnaryOperator<List<String>>> dns)
            throws IOException {
        this.wanted = wanted;
        this.dns = dns;
        this.text = listeners.stream().map(address -> address + "\n").collect(Collectors.joining());
        Path file = wanted.file();
        if (file != null) {
            write(file);
        }
        if (wanted.dnsSd()) {
            dns.accept(domains -> records(domains, listeners));
        }
    }

    /** Whoever reads sees the whole of it, or none of it. */
    private void write(Path file) throws IOException {
        Path whole = file.toAbsolutePath();
        Path folder = whole.getParent();
        Path fresh = whole.resolveSibling(whole.getFileName() + ".new");
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(fresh, text, StandardCharsets.US_ASCII);
            Files.move(fresh, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw new IOException("the file " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static List<String> records(List<String> domains, List<SpAddress> listeners) {
        return ServiceRecords.lines(domains.getFirst(), machine(), listeners, reachable());
    }

    /** What this machine is called, as one label. */
    private static String machine() {
        try {
            String name = InetAddress.getLocalHost().getHostName().replaceFirst("\\..*", "");
            String label = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
            return label.isEmpty() || label.startsWith("-") || label.length() > 63 ? USUAL_NAME : label;
        } catch (UnknownHostException nameless) {
            return USUAL_NAME;
        }
    }

    private static List<IpAddress> reachable() {
        return LocalNetworks.read().byIndex().values().stream()
                .flatMap(link -> link.addresses().stream())
                .map(one -> one.address())
                .filter(LeaseAnnouncement::isReachable)
                .sorted()
                .toList();
    }

    private static boolean isReachable(IpAddress address) {
        String text = address.toString();
        return !text.startsWith("127.") && !text.equals("::1") && !text.startsWith("fe80:");
    }

    @Override
    public void close() {
        if (wanted.dnsSd()) {
            dns.accept(_ -> List.of());
        }
        Path file = wanted.file();
        try {
            if (file != null
                    && Files.exists(file)
                    && Files.readString(file, StandardCharsets.US_ASCII).equals(text)) {
                Files.delete(file);
            }
        } catch (IOException e) {
            LOG.warn("The file {} with the address of the lease monitor stays: {}", file, e.getMessage());
        }
    }
}
