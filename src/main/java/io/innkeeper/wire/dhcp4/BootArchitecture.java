package io.innkeeper.wire.dhcp4;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What kind of machine boots from the network: the numbers of option 93 (RFC 4578 §2.1) as IANA's registry "Processor
 * Architecture Types" has them. Each kind has numbers for boot by TFTP and others for boot by HTTP.
 */
public enum BootArchitecture {
    /** PC with a BIOS. */
    BIOS(0, Code.NONE, 20),
    /** x86, 32 bits, with UEFI. */
    EFI_IA32(6, Code.NONE, 15),
    /** x86, 64 bits, with UEFI. RFC 4578 and its erratum 4624 differ about which of 7 and 9 it is; firmware sends both. */
    EFI_X64(7, 9, 16),
    /** ARM, 32 bits, with UEFI. */
    EFI_ARM32(10, Code.NONE, 18),
    /** ARM, 64 bits, with UEFI. */
    EFI_ARM64(11, Code.NONE, 19),
    /** RISC-V, 64 bits, with UEFI. */
    EFI_RISCV64(27, Code.NONE, 28),
    /** LoongArch, 64 bits, with UEFI. */
    EFI_LOONGARCH64(39, Code.NONE, 40),
    /** Whatever else says that it boots from the network, or does not say what it is. */
    OTHER(Code.NONE, Code.NONE, Code.NONE);

    /** What is no number of option 93. */
    private static final class Code {
        static final int NONE = -1;
    }

    private final int tftp;
    private final int alsoTftp;
    private final int http;

    BootArchitecture(int tftp, int alsoTftp, int http) {
        this.tftp = tftp;
        this.alsoTftp = alsoTftp;
        this.http = http;
    }

    /** As people write it, such as {@code efi-x64}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The numbers by which it asks for a file. */
    public List<Integer> tftpCodes() {
        return codes(tftp, alsoTftp);
    }

    /** The numbers by which it asks for a URL. */
    public List<Integer> httpCodes() {
        return codes(http);
    }

    private static List<Integer> codes(int... all) {
        return Arrays.stream(all).filter(code -> code != Code.NONE).boxed().toList();
    }

    /** The kind that has this number, by whichever way it boots; null for one that is not in this list. */
    static @Nullable BootArchitecture of(int code) {
        return Arrays.stream(values())
                .filter(one -> code == one.tftp || code == one.alsoTftp || code == one.http)
                .findFirst()
                .orElse(null);
    }

    /** True where this number is of a machine that boots by HTTP. */
    static boolean isHttp(int code) {
        return Arrays.stream(values()).anyMatch(one -> code == one.http);
    }
}
