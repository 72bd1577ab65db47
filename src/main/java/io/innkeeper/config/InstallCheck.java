package io.innkeeper.config;

import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.dhcp4.OptionRegistry;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What no single key of {@code install} can tell. */
final class InstallCheck {
    private static final String PROFILES = "install.profiles";

    /** The field of the header has 128 octets with the zero at its end; firmware takes no more from option 67 either. */
    private static final int LONGEST_FILE = 127;

    /** What the profile says by keys of its own. */
    private static final Set<Integer> OWN =
            Set.of(OptionCode.VENDOR_CLASS, OptionCode.TFTP_SERVER, OptionCode.BOOT_FILE);

    private final ConfigPlaces places;
    private final OptionRegistry registry;

    /** @param registry that knows the options of the user, too */
    InstallCheck(ConfigPlaces places, OptionRegistry registry) {
        this.places = places;
        this.registry = registry;
    }

    void check(InstallConfig config) {
        if (config.profiles().size() > InstallConfig.MAX_PROFILES) {
            places.error(PROFILES, "has more than " + InstallConfig.MAX_PROFILES + " profiles");
        }
        Map<String, String> names = new HashMap<>();
        places.each(PROFILES, config.profiles(), (path, profile) -> {
            String before = names.putIfAbsent(profile.name(), path);
            if (before != null) {
                places.error(path + ".name", "the name '" + profile.name() + "' is taken by " + before);
            }
            profile(path, profile);
        });
    }

    private void profile(String path, InstallProfile profile) {
        boolean says = profile.ipxe() != null
                || !profile.files().byArchitecture().isEmpty()
                || !profile.http().byArchitecture().isEmpty();
        if (!says && !places.isWrong(path)) {
            places.error(path, "says nothing to boot: give it files, http or ipxe");
        }
        profile.files().byArchitecture().forEach((kind, file) -> {
            if (file.length() > LONGEST_FILE) {
                places.error(
                        path + ".files." + kind.text(),
                        "has " + file.length() + " characters; the name of a boot file has at most " + LONGEST_FILE);
            }
        });
        profile.http().byArchitecture().forEach((kind, url) -> {
            if (!url.matches("https?://[^/?#]+.*")) {
                places.error(path + ".http." + kind.text(), "is not a URL such as http://192.168.1.10/grubx64.efi");
            }
        });
        boolean chains = profile.files().byArchitecture().values().stream().anyMatch(InstallCheck::isIpxe);
        if (chains && profile.ipxe() == null) {
            places.warning(
                    path + ".files", "iPXE would load itself again and again: 'ipxe' is what it is told when it runs");
        }
        options(path + ".options", profile.options());
    }

    private static boolean isIpxe(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        // Those of netboot.xyz bring a script of their own.
        return !name.contains("netboot.xyz") && (name.contains("ipxe") || name.contains("undionly"));
    }

    private void options(String path, Map<String, Dhcp4Option> options) {
        options.forEach((key, option) -> {
            String full = path + "." + key;
            switch (Dhcp4OptionValues.read(registry, key, option)) {
                case Dhcp4OptionValues.Good good -> {
                    if (OWN.contains(good.code())) {
                        places.error(full, "is what next-server, files, http and ipxe say: take it out");
                    }
                }
                case Dhcp4OptionValues.Bad bad -> bad(full, bad.message(), bad.suggestion());
            }
        });
    }

    private void bad(String full, String message, @Nullable String suggestion) {
        if (!places.isWrong(full)) {
            places.error(full, message, suggestion);
        }
    }
}
