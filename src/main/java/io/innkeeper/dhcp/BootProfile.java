package io.innkeeper.dhcp;

import io.innkeeper.wire.dhcp4.BootArchitecture;
import io.innkeeper.wire.dhcp4.BootClient;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Octets;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a system boots that is marked with this profile.
 *
 * @param name unique
 * @param nextServer the TFTP server as 32 bits; 0 for the DHCP server itself
 * @param files by kind of machine
 * @param http URLs by kind of machine
 * @param ipxe what iPXE is told; null for the same as others
 * @param options further ones, by code; always sent
 * @param where the configuration line
 */
public record BootProfile(
        String name,
        int nextServer,
        Map<BootArchitecture, String> files,
        Map<BootArchitecture, String> http,
        @Nullable String ipxe,
        Map<Integer, OptionEntry> options,
        String where) {
    /** What replies to UEFI's HTTP boot must say (UEFI 2.10 §24.7.2.3), or they are not taken. */
    private static final Octets HTTP_CLASS = octets("HTTPClient");

    /** The {@code file} field of the header takes so many octets and a zero. */
    private static final int LONGEST_FILE = 127;

    /** Copies the maps. */
    public BootProfile {
        files = Map.copyOf(files);
        http = Map.copyOf(http);
        options = Map.copyOf(options);
    }

    /** What a client boots: a file of the TFTP server, or a URL; null where the profile has nothing for it. */
    @Nullable
    String bootFor(BootClient client) {
        if (client.way() == BootClient.Way.IPXE && ipxe != null) {
            return ipxe;
        }
        Map<BootArchitecture, String> all = client.way() == BootClient.Way.HTTP ? http : files;
        String own = all.get(client.architecture());
        return own == null ? all.get(BootArchitecture.OTHER) : own;
    }

    /**
     * What is said to a client over all that the configuration says otherwise.
     *
     * @param boot as {@link #bootFor} gives it
     * @param server the DHCP server, as 32 bits
     */
    Layer layer(BootClient client, String boot, int server) {
        Map<Integer, OptionEntry> all = new HashMap<>(options);
        put(all, OptionCode.BOOT_FILE, octets(boot));
        if (client.way() == BootClient.Way.HTTP) {
            put(all, OptionCode.VENDOR_CLASS, HTTP_CLASS);
            return new Layer(layerName(), all, null, new Layer.Boot(0, "", "", where));
        }
        int from = nextServer == 0 ? server : nextServer;
        put(all, OptionCode.TFTP_SERVER, octets(IpAddress.v4(from).toString()));
        String field = boot.length() <= LONGEST_FILE ? boot : "";
        return new Layer(layerName(), all, null, new Layer.Boot(from, "", field, where));
    }

    private String layerName() {
        return "installation " + name;
    }

    /** Always: who asks for none of them, a BIOS with an old ROM say, reads them nevertheless. */
    private void put(Map<Integer, OptionEntry> all, int code, Octets value) {
        all.put(code, new OptionEntry(code, value, true, where));
    }

    private static Octets octets(String text) {
        return Octets.of(text.getBytes(StandardCharsets.US_ASCII));
    }
}
