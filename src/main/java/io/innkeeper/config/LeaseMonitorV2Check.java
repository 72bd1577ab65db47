package io.innkeeper.config;

import io.innkeeper.wire.rdk.SpAddress;
import java.io.IOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules between the keys of {@code lease-monitor.v2}. */
final class LeaseMonitorV2Check {
    private static final String KEY = "lease-monitor.v2";
    private static final int KEY_OCTETS = 32;
    private static final int MAX_NUMBER = 65_535;

    private final ConfigPlaces places;
    private final LeaseMonitorV2 config;

    LeaseMonitorV2Check(ConfigPlaces places, LeaseMonitorV2 config) {
        this.places = places;
        this.config = config;
    }

    /** @param others where version 1 is heard */
    void check(List<SpAddress> others) {
        if (config.listen().isEmpty()) {
            places.error(KEY + ".listen", "is empty: version 2 has to be heard somewhere, or leave out the section");
        }
        Set<SpAddress> taken = new HashSet<>(others);
        places.each(KEY + ".listen", config.listen(), (path, address) -> {
            if (!taken.add(address) && address.port() + address.path().length() > 0) {
                places.error(path, address + " is listed twice; the two versions need addresses of their own");
            }
            listener(path, address);
        });
        config.keys().forEach(this::key);
        String file = KEY + ".announce.file";
        if (config.announce().file() != null && isSetByApi(file)) {
            places.error(file, "cannot be set through the API: it names a file to write; set it in the file");
        }
    }

    private boolean isSetByApi(String path) {
        return places.origin(path).source().equals(Origin.RUN_TIME);
    }

    private void listener(String path, SpAddress address) {
        if (address.transport() == SpAddress.Transport.WS) {
            places.error(path, "version 2 goes over tcp:// and ipc://");
        }
        if (!address.isLocal() && config.keys().isEmpty()) {
            places.error(
                    path,
                    address + " can be reached from other machines, and there is no key: set " + KEY
                            + ".keys, or listen at 127.0.0.1");
        }
    }

    private void key(String number, SecretText key) {
        String path = KEY + ".keys." + number;
        if (!number.matches("[1-9][0-9]{0,4}") || Integer.parseInt(number) > MAX_NUMBER) {
            places.error(path, "keys have numbers from 1 to " + MAX_NUMBER);
        }
        if (key.isReference()) {
            if (isSetByApi(path)) {
                places.error(
                        path, "names a file or a variable, which only the configuration file and the command line may");
            }
        } else {
            try {
                octets(key, Map.of());
            } catch (IOException wrong) {
                places.error(path, "" + wrong.getMessage());
            }
        }
    }

    /** The octets of a key. */
    static byte[] octets(SecretText key, Map<String, String> environment) throws IOException {
        try {
            byte[] octets = Base64.getDecoder().decode(key.reveal(environment).strip());
            if (octets.length == KEY_OCTETS) {
                return octets;
            }
            throw new IOException("the key has " + octets.length + " octets, not " + KEY_OCTETS
                    + "; make one with: openssl rand -base64 32");
        } catch (IllegalArgumentException e) {
            throw new IOException("the key is not in base64; make one with: openssl rand -base64 32", e);
        }
    }
}
