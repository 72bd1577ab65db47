package io.innkeeper.feed.dnsmasq;

import java.nio.file.Path;
import java.util.List;

/**
 * Reads dnsmasq's own configuration: the start files, what they include, the hosts files they name and
 * {@code /etc/ethers}. Only reads; runs no {@code conf-script}. Nothing is fatal: what cannot be read becomes a problem of
 * the {@link DnsmasqSetup}, and the rest counts. Holds no state; safe for any thread.
 *
 * <p>A relative path means to dnsmasq: from the directory it was started in, which is nearly always {@code /}. So it is
 * looked for in the working directory given here first, then beside the file that names it.
 */
public final class DnsmasqConfigReader {
    /** How deep files may include files. */
    public static final int MAX_DEPTH = 16;

    /** The most files read, of all kinds together. */
    public static final int MAX_FILES = 4_096;

    /** The most entries of a directory looked at. */
    public static final int MAX_DIRECTORY_ENTRIES = 10_000;

    /** The most octets of one file; a larger one is not read at all. */
    public static final int MAX_FILE_OCTETS = 32 << 20;

    /** The most octets of all files together. */
    public static final long MAX_TOTAL_OCTETS = 256L << 20;

    /** The most hosts kept. */
    public static final int MAX_RESERVATIONS = 200_000;

    /** The most ranges kept. */
    public static final int MAX_RANGES = 10_000;

    /** The most further lines about DHCP kept. */
    public static final int MAX_DIRECTIVES = 10_000;

    /** The most problems kept. */
    public static final int MAX_PROBLEMS = 1_000;

    private final Path ethers;
    private final Path workingDirectory;

    /** A reader for the dnsmasq of this machine: {@code /etc/ethers}, started in {@code /}. */
    public DnsmasqConfigReader() {
        this(Path.of("/etc/ethers"), Path.of("/"));
    }

    /**
     * A reader.
     *
     * @param ethers the file that {@code read-ethers} means
     * @param workingDirectory where dnsmasq was started
     */
    public DnsmasqConfigReader(Path ethers, Path workingDirectory) {
        this.ethers = ethers;
        this.workingDirectory = workingDirectory;
    }

    /**
     * Reads everything that the start files lead to.
     *
     * @param startFiles configuration files, in the order dnsmasq is given them; a directory is read like Debian's
     *     {@code conf-dir=/etc/dnsmasq.d,.dpkg-dist,.dpkg-old,.dpkg-new}
     */
    public DnsmasqSetup read(List<Path> startFiles) {
        return new DnsmasqSetup(new ConfigWalk(ethers, workingDirectory).read(startFiles), List.of());
    }
}
