package io.innkeeper.wire.dhcp4;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who boots from the network, and how, by options 60, 77 and 93. */
class BootClientTest {
    private static @Nullable BootClient client(@Nullable String vendor, @Nullable String arch, @Nullable String user) {
        Options.Builder options = Options.builder();
        if (vendor != null) {
            options.put(OptionCode.VENDOR_CLASS, vendor.getBytes(StandardCharsets.US_ASCII));
        }
        if (arch != null) {
            options.put(OptionCode.ARCHITECTURE, HexFormat.of().parseHex(arch));
        }
        if (user != null) {
            options.put(OptionCode.USER_CLASS, HexFormat.of().parseHex(user));
        }
        return BootClient.of(options.build());
    }

    @ParameterizedTest
    @CsvSource({
        // What firmware sends: the class and the number.
        "PXEClient:Arch:00000:UNDI:002001,     0000, ,             PXE,  bios",
        "PXEClient:Arch:00006:UNDI:003016,     0006, ,             PXE,  efi-ia32",
        "PXEClient:Arch:00007:UNDI:003016,     0007, ,             PXE,  efi-x64",
        "PXEClient:Arch:00009:UNDI:003016,     0009, ,             PXE,  efi-x64",
        "PXEClient:Arch:00010:UNDI:003016,     000a, ,             PXE,  efi-arm32",
        "PXEClient:Arch:00011:UNDI:003016,     000b, ,             PXE,  efi-arm64",
        "PXEClient:Arch:00027:UNDI:003016,     001b, ,             PXE,  efi-riscv64",
        "PXEClient:Arch:00039:UNDI:003016,     0027, ,             PXE,  efi-loongarch64",
        "PXEClient:Arch:00001:UNDI:003016,     0001, ,             PXE,  other",
        "HTTPClient:Arch:00015:UNDI:003001,    000f, ,             HTTP, efi-ia32",
        "HTTPClient:Arch:00016:UNDI:003001,    0010, ,             HTTP, efi-x64",
        "HTTPClient:Arch:00018:UNDI:003001,    0012, ,             HTTP, efi-arm32",
        "HTTPClient:Arch:00019:UNDI:003001,    0013, ,             HTTP, efi-arm64",
        "HTTPClient:Arch:00020:UNDI:003001,    0014, ,             HTTP, bios",
        "HTTPClient:Arch:00028:UNDI:003001,    001c, ,             HTTP, efi-riscv64",
        "HTTPClient:Arch:00040:UNDI:003001,    0028, ,             HTTP, efi-loongarch64",
        // One of the two alone.
        "PXEClient:Arch:00007,                 ,     ,             PXE,  efi-x64",
        "PXEClient,                            ,     ,             PXE,  other",
        "PXEClient:Arch:0007,                  ,     ,             PXE,  other",
        "PXEClient:Arch:0000x:,                ,     ,             PXE,  other",
        ",                                     0007, ,             PXE,  efi-x64",
        ",                                     0010, ,             HTTP, efi-x64",
        // A number that says otherwise than the class: the class is what the reply must fit.
        "HTTPClient,                           0007, ,             HTTP, efi-x64",
        "PXEClient,                            0010, ,             PXE,  efi-x64",
        // Several, of which the first known one counts; and half of one.
        ",                                     00010007000b, ,     PXE,  efi-x64",
        "PXEClient,                            00, ,               PXE,  other",
        // iPXE, bare and as RFC 3004 would have it.
        "PXEClient:Arch:00000:UNDI:002001,     0000, 69505845,     IPXE, bios",
        ",                                     ,     69505845,     IPXE, other",
        ",                                     000b, 0469505845,   IPXE, efi-arm64",
        ",                                     0007, 0141 0467505845, IPXE, efi-x64",
    })
    void isRecognised(
            @Nullable String vendor,
            @Nullable String arch,
            @Nullable String user,
            BootClient.Way way,
            String architecture) {
        BootClient client = Objects.requireNonNull(client(vendor, arch, user == null ? null : user.replace(" ", "")));
        assertThat(client.way()).isEqualTo(way);
        assertThat(client.architecture().text()).isEqualTo(architecture);
    }

    @Test
    void othersAreNot() {
        assertThat(client(null, null, null)).isNull();
        assertThat(client("android-dhcp-14", null, null)).isNull();
        assertThat(client("MSFT 5.0", null, "0141")).isNull();
        assertThat(client("my PXEClient", null, null)).isNull();
        assertThat(client(null, "07", null)).isNull();
        assertThat(client(null, null, "6950584558")).as("iPXEX").isNull();
    }
}
