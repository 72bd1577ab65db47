package io.innkeeper.config;

import io.innkeeper.wire.dhcp4.BootArchitecture;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What machines boot, by their kind; null for those that are told nothing.
 *
 * @param bios PC with a BIOS
 * @param efiIa32 x86, 32 bits, with UEFI
 * @param efiX64 x86, 64 bits, with UEFI
 * @param efiArm32 ARM, 32 bits, with UEFI
 * @param efiArm64 ARM, 64 bits, with UEFI
 * @param efiRiscv64 RISC-V, 64 bits, with UEFI
 * @param efiLoongarch64 LoongArch, 64 bits, with UEFI
 * @param other all for which nothing is said
 */
@Doc("What machines boot, by the kind that they say they are (option 93). A kind that is not named is told nothing.")
public record InstallBoot(
        @Doc("A PC with a BIOS (number 0; by HTTP 20).")
        @Matches(pattern = InstallBoot.FORM, words = InstallBoot.WORDS)
        @Nullable
        String bios,

        @Doc("x86 with 32 bits and UEFI (6; by HTTP 15).")
        @Matches(pattern = InstallBoot.FORM, words = InstallBoot.WORDS)
        @Nullable
        String efiIa32,

        @Doc("x86 with 64 bits and UEFI: most PCs and servers (7 and 9; by HTTP 16).")
        @Matches(pattern = InstallBoot.FORM, words = InstallBoot.WORDS)
        @Nullable
        String efiX64,

        @Doc("ARM with 32 bits and UEFI (10; by HTTP 18).")
        @Matches(pattern = InstallBoot.FORM, words = InstallBoot.WORDS)
        @Nullable
        String efiArm32,

        @Doc("ARM with 64 bits and UEFI (11; by HTTP 19).")
        @Matches(pattern = InstallBoot.FORM, words = InstallBoot.WORDS)
        @Nullable
        String efiArm64,

        @Doc("RISC-V with 64 bits and UEFI (27; by HTTP 28).")
        @Matches(pattern = InstallBoot.FORM, words = InstallBoot.WORDS)
        @Nullable
        String efiRiscv64,

        @Doc("LoongArch with 64 bits and UEFI (39; by HTTP 40).")
        @Matches(pattern = InstallBoot.FORM, words = InstallBoot.WORDS)
        @Nullable
        String efiLoongarch64,

        @Doc("Every machine that boots from the network and is none of those for which something is said here.")
        @Matches(pattern = InstallBoot.FORM, words = InstallBoot.WORDS)
        @Nullable
        String other) {
    static final String FORM = "^[!#-~]{1,255}$";
    static final String WORDS = "1 to 255 ASCII characters, without spaces and quotation marks";

    /** By kind of machine. */
    public Map<BootArchitecture, String> byArchitecture() {
        Map<BootArchitecture, String> all = new EnumMap<>(BootArchitecture.class);
        put(all, BootArchitecture.BIOS, bios);
        put(all, BootArchitecture.EFI_IA32, efiIa32);
        put(all, BootArchitecture.EFI_X64, efiX64);
        put(all, BootArchitecture.EFI_ARM32, efiArm32);
        put(all, BootArchitecture.EFI_ARM64, efiArm64);
        put(all, BootArchitecture.EFI_RISCV64, efiRiscv64);
        put(all, BootArchitecture.EFI_LOONGARCH64, efiLoongarch64);
        put(all, BootArchitecture.OTHER, other);
        return all;
    }

    private static void put(Map<BootArchitecture, String> all, BootArchitecture of, @Nullable String what) {
        if (what != null) {
            all.put(of, what);
        }
    }
}
