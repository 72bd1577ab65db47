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
    BIOS(List.of(0), List.of(20)),
    /** x86, 32 bits, with UEFI. */
    EFI_IA32(List.of(6), List.of(15)),
    /** x86, 64 bits, with UEFI. RFC 4578 and its erratum 4624 differ about which of 7 and 9 it is; firmware sends both. */
    EFI_X64(List.of(7, 9), List.of(16)),
    /** ARM, 32 bits, with UEFI. */
    EFI_ARM32(List.of(10), List.of(18)),
    /** ARM, 64 bits, with UEFI. */
    EFI_ARM64(List.of(11), List.of(19)),
    /** RISC-V, 64 bits, with UEFI. */
    EFI_RISCV64(List.of(27), List.of(28)),
    /** LoongArch, 64 bits, with UEFI. */
    EFI_LOONGARCH64(List.of(39), List.of(40)),
    /** Whatever else says that it boots from the network, or does not say what it is. */
    OTHER(List.of(), List.of());

    private final List<Integer> tftp;
    private final List<Integer> http;

    BootArchitecture(List<Integer> tftp, List<Integer> http) {
        this.tftp = tftp;
        this.http = http;
    }

    /** As people write it, such as {@code efi-x64}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The numbers by which it asks for a file. */
    public List<Integer> tftpCodes() {
        return tftp;
    }

    /** The numbers by which it asks for a URL. */
    public List<Integer> httpCodes() {
        return http;
    }

    /** The kind that has this number, by whichever way it boots; null for one that is not in this list. */
    static @Nullable BootArchitecture of(int code) {
        return Arrays.stream(values())
                .filter(one -> one.tftp.contains(code) || one.http.contains(code))
                .findFirst()
                .orElse(null);
    }

    /** True where this number is of a machine that boots by HTTP. */
    static boolean isHttp(int code) {
        return Arrays.stream(values()).anyMatch(one -> one.http.contains(code));
    }
}
