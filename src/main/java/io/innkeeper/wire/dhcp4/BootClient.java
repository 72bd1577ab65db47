package io.innkeeper.wire.dhcp4;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client that boots from the network, as its request tells.
 *
 * @param way how it boots
 * @param architecture what kind of machine it is
 */
public record BootClient(Way way, BootArchitecture architecture) {
    /** How a client boots. */
    public enum Way {
        /** Firmware that fetches a file by TFTP (Intel's PXE 2.1). */
        PXE,
        /** UEFI that fetches a URL (UEFI 2.10 §24.7). */
        HTTP,
        /** iPXE, which fetches a script or whatever else. */
        IPXE
    }

    private static final String PXE_CLASS = "PXEClient";
    private static final String HTTP_CLASS = "HTTPClient";

    /** Option 60 names the architecture with five digits (PXE 2.1, table 2-1). */
    private static final String ARCH = ":Arch:";

    /** Who calls itself so in option 77 reads scripts. */
    private static final List<String> SCRIPTED = List.of("iPXE", "gPXE");

    private static final int DIGITS = 5;

    /** Reads the options of a request; null for a client that does not boot from the network. */
    public static @Nullable BootClient of(Options options) {
        String vendor = text(options.get(OptionCode.VENDOR_CLASS));
        byte[] codes = options.get(OptionCode.ARCHITECTURE);
        boolean http = vendor.startsWith(HTTP_CLASS);
        boolean pxe = vendor.startsWith(PXE_CLASS);
        boolean scripted = isScripted(options.get(OptionCode.USER_CLASS));
        if (!http && !pxe && !scripted && (codes == null || codes.length < 2)) {
            return null;
        }
        BootArchitecture architecture = BootArchitecture.OTHER;
        boolean httpCode = false;
        for (int at = 0; codes != null && at + 1 < codes.length; at += 2) {
            int code = (codes[at] & 0xff) << 8 | (codes[at + 1] & 0xff);
            BootArchitecture found = BootArchitecture.of(code);
            if (found != null && architecture == BootArchitecture.OTHER) {
                architecture = found;
                httpCode = BootArchitecture.isHttp(code);
            }
        }
        if (codes == null) {
            architecture = named(vendor);
        }
        Way way = scripted ? Way.IPXE : http || (httpCode && !pxe) ? Way.HTTP : Way.PXE;
        return new BootClient(way, architecture);
    }

    private static BootArchitecture named(String vendor) {
        int at = vendor.indexOf(ARCH);
        int end = at + ARCH.length() + DIGITS;
        if (at < 0 || end > vendor.length()) {
            return BootArchitecture.OTHER;
        }
        String digits = vendor.substring(at + ARCH.length(), end);
        BootArchitecture found = digits.chars().allMatch(c -> c >= '0' && c <= '9')
                ? BootArchitecture.of(Integer.parseInt(digits))
                : null;
        return found == null ? BootArchitecture.OTHER : found;
    }

    /** iPXE sends its bare name; RFC 3004 §4 would have a length before it. */
    private static boolean isScripted(byte @Nullable [] userClass) {
        String text = text(userClass);
        return SCRIPTED.stream().anyMatch(name -> text.equals(name) || text.indexOf((char) name.length() + name) >= 0);
    }

    private static String text(byte @Nullable [] value) {
        return value == null ? "" : new String(value, StandardCharsets.ISO_8859_1);
    }
}
