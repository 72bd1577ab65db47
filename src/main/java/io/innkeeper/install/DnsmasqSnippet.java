package io.innkeeper.install;

import io.innkeeper.config.Dhcp4OptionValues;
import io.innkeeper.config.InstallConfig;
import io.innkeeper.config.InstallProfile;
import io.innkeeper.view.InstallationView;
import io.innkeeper.wire.dhcp4.BootArchitecture;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.dhcp4.OptionRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Profiles and marks as lines for a dnsmasq (2.86 or newer). What to boot depends on tags that it sets by itself (the kind of
 * machine, and whether it boots from the network at all), and on a tag for each profile, which only marked machines get. Pure.
 */
public final class DnsmasqSnippet {
    /** Whoever boots from the network has this tag. */
    public static final String NETBOOT = "innkeeper-netboot";

    private static final String PREFIX = "innkeeper-";
    private static final String HTTP = PREFIX + "http";
    private static final String IPXE = PREFIX + "ipxe";

    /** What was marked has this tag afterwards: a dnsmasq forgets a line of {@code dhcp-hostsdir} only for another. */
    private static final String OVER = "innkeeper-over";

    private DnsmasqSnippet() {}

    /** The tag of a profile; profiles cannot have such names as the other tags. */
    public static String tag(String profile) {
        return PREFIX + "profile-" + profile;
    }

    /** The profile that a tag is of; empty for other tags. */
    public static Optional<String> profileOf(String tag) {
        String head = tag("");
        return tag.startsWith(head) ? Optional.of(tag.substring(head.length())) : Optional.empty();
    }

    /**
     * Lines for the configuration of a dnsmasq, which it reads when it starts.
     *
     * @param registry that knows the options of the profiles
     * @param folder of the file that is kept with the marks; null where the marks are written here
     * @param running the marks; used only without a folder
     */
    public static String configuration(
            InstallConfig config, OptionRegistry registry, @Nullable String folder, List<InstallationView> running) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "# Made by Innkeeper. Machines that are marked for installation are told what to boot, and no others.");
        lines.add(
                "# Save it as /etc/dnsmasq.d/zz-innkeeper-install.conf and restart dnsmasq; again when profiles changed.");
        lines.add("# It is to be read last: of several dhcp-boot lines with tags that fit, the last one counts.");
        lines.add("");
        tags(lines);
        config.profiles().forEach(profile -> profile(lines, profile, registry));
        lines.add("");
        if (folder == null) {
            lines.add("# The marks as they are now. With 'install.dnsmasq-file' dnsmasq hears of new ones by itself.");
            marks(running, known(config))
                    .forEach((mac, profile) -> lines.add("dhcp-mac=set:" + tag(profile) + "," + mac));
        } else {
            lines.add("# The marks: Innkeeper keeps a file in this folder, which dnsmasq reads whenever it changes.");
            lines.add("dhcp-hostsdir=" + folder);
        }
        return text(lines);
    }

    /**
     * The file in a folder that a dnsmasq reads by {@code dhcp-hostsdir}. The lines hold only for machines that boot from the
     * network: what the configuration says for the same machine otherwise, stays.
     *
     * @param profiles the profiles that there are
     * @param running the marks
     * @param over machines whose marks ended: dnsmasq keeps what it read until it reads another line for them
     */
    public static String hosts(Set<String> profiles, List<InstallationView> running, Collection<String> over) {
        Map<String, String> marks = marks(running, profiles);
        List<String> lines = new ArrayList<>();
        lines.add("# Kept by Innkeeper, which writes it anew: do not edit.");
        marks.forEach((mac, profile) -> lines.add(host(mac, tag(profile))));
        over.stream().filter(mac -> !marks.containsKey(mac)).forEach(mac -> lines.add(host(mac, OVER)));
        return text(lines);
    }

    private static String host(String mac, String tag) {
        return mac + ",tag:" + NETBOOT + ",set:" + tag;
    }

    private static Set<String> known(InstallConfig config) {
        return config.profiles().stream().map(InstallProfile::name).collect(Collectors.toSet());
    }

    /** The profile by hardware address, of those that there are. */
    private static Map<String, String> marks(List<InstallationView> running, Set<String> profiles) {
        Map<String, String> marks = new TreeMap<>();
        running.stream()
                .filter(one -> one.runs() && profiles.contains(one.profile()))
                .forEach(one -> marks.put(one.mac(), one.profile()));
        return marks;
    }

    private static void tags(List<String> lines) {
        lines.add("# Who boots from the network, how, and what kind of machine it is (option 93).");
        lines.add("dhcp-match=set:" + NETBOOT + ",option:client-arch");
        for (String vendor : List.of("PXEClient", "HTTPClient")) {
            lines.add("dhcp-vendorclass=set:" + NETBOOT + "," + vendor);
        }
        lines.add("dhcp-vendorclass=set:" + HTTP + ",HTTPClient");
        for (String user : List.of("iPXE", "gPXE")) {
            lines.add("dhcp-userclass=set:" + NETBOOT + "," + user);
            lines.add("dhcp-userclass=set:" + IPXE + "," + user);
        }
        for (BootArchitecture kind : BootArchitecture.values()) {
            kind.tftpCodes().forEach(code -> lines.add(match(tag(kind), code)));
            kind.httpCodes().forEach(code -> {
                lines.add(match(tag(kind), code));
                lines.add(match(HTTP, code));
            });
        }
    }

    private static String match(String tag, int code) {
        return "dhcp-match=set:" + tag + ",option:client-arch," + code;
    }

    private static String tag(BootArchitecture kind) {
        return PREFIX + kind.text();
    }

    private static void profile(List<String> lines, InstallProfile profile, OptionRegistry registry) {
        String of = "tag:" + NETBOOT + ",tag:" + tag(profile.name());
        String firmware = profile.ipxe() == null ? of : of + ",tag:!" + IPXE;
        String server = profile.nextServer() == null ? "" : "," + profile.nextServer() + "," + profile.nextServer();
        lines.add("");
        lines.add("# Profile " + profile.name());
        boots(lines, firmware + ",tag:!" + HTTP, profile.files().byArchitecture(), server);
        boots(lines, firmware + ",tag:" + HTTP, profile.http().byArchitecture(), "");
        if (!profile.http().byArchitecture().isEmpty()) {
            lines.add("dhcp-option-force=" + firmware + ",tag:" + HTTP + "," + OptionCode.VENDOR_CLASS + ",HTTPClient");
        }
        if (profile.ipxe() != null) {
            lines.add("dhcp-boot=" + of + ",tag:" + IPXE + "," + quoted(profile.ipxe()) + server);
        }
        profile.options().forEach((key, option) -> {
            if (Dhcp4OptionValues.read(registry, key, option) instanceof Dhcp4OptionValues.Good good) {
                lines.add("dhcp-option-force=" + of + "," + good.code()
                        + value(good.value().toArray()));
            }
        });
    }

    private static void boots(List<String> lines, String of, Map<BootArchitecture, String> boots, String server) {
        boots.forEach((kind, boot) -> {
            String kinds = kind == BootArchitecture.OTHER ? others(boots.keySet()) : ",tag:" + tag(kind);
            lines.add("dhcp-boot=" + of + kinds + "," + quoted(boot) + server);
        });
    }

    private static String others(Set<BootArchitecture> named) {
        return named.stream()
                .filter(kind -> kind != BootArchitecture.OTHER)
                .map(kind -> ",tag:!" + tag(kind))
                .collect(Collectors.joining());
    }

    /** Commas and backslashes mean something in a line, unless they are quoted. */
    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9/._:?=&%+~-]+") ? text : '"' + text.replace("\\", "\\\\") + '"';
    }

    /** Octets in hexadecimal; a single one as a number, since dnsmasq takes one pair of digits for that. */
    private static String value(byte[] octets) {
        return switch (octets.length) {
            case 0 -> "";
            case 1 -> "," + (octets[0] & 0xff);
            default ->
                ","
                        + IntStream.range(0, octets.length)
                                .mapToObj(i -> HexFormat.of().toHexDigits(octets[i]))
                                .collect(Collectors.joining(":"));
        };
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
