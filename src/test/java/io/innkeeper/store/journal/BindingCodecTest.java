package io.innkeeper.store.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.lease.Traits;
import io.innkeeper.property.Property;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Octets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class BindingCodecTest {
    private static byte[] written(BindingChange change) {
        RecordWriter out = new RecordWriter(16);
        BindingCodec.write(out, change.kind(), change.atMs(), change.after());
        return java.util.Arrays.copyOf(out.data(), out.size());
    }

    private static BindingChange read(byte[] octets) {
        RecordReader in = new RecordReader();
        in.range(octets, 0, octets.length);
        BindingChange change = new BindingCodec().read(in);
        assertThat(in.atEnd()).isTrue();
        return change;
    }

    /** These octets are on the disks of users: they must mean this for ever. */
    @Test
    void whatWasWrittenOnceIsReadAlikeForEver() {
        Binding binding = new Binding(
                0x0a00_0001,
                ClientId.parse("ff:00:01").orElseThrow(),
                true,
                MacAddress.parse("02:00:00:00:00:01").orElseThrow(),
                LeaseState.ACTIVE,
                true,
                0x0102_0304_0506L,
                Binding.NEVER,
                Binding.INFINITE_S,
                "nas",
                new Traits("v", "ü", Octets.of(new byte[] {1, 3})),
                Octets.of(new byte[] {1, 1, 7}));
        BindingChange change = new BindingChange(BindingChange.Kind.RENEWED, null, binding, 7);
        assertThat(HexFormat.of().formatHex(written(change)))
                .isEqualTo("00000040" + "0a000001" + "02" + "0000000000000007" + "01" + "ff" + "0000010203040506"
                        + "7fffffffffffffff" + "ffffffff" + "03ff0001" + "0001" + "06" + "020000000001"
                        + "036e6173" + "0176" + "02c3bc" + "020103" + "03010107");
        assertThat(read(written(change))).isEqualTo(change);
    }

    /** Records that have the form of the message are told from those that have not by a bit beside the state. */
    @Test
    void theFormOfTheMessageStandsBehindTheParameters() {
        Binding plain = TestingBindings.plain(1);
        Binding binding = new Binding(
                plain.address(),
                plain.client(),
                true,
                null,
                LeaseState.ACTIVE,
                false,
                1,
                2,
                3,
                null,
                new Traits(null, null, Octets.of(new byte[] {1, 3}), Octets.of(new byte[] {3, 1, 5, -36, 61, 55})),
                Octets.of(new byte[] {1, 1, 7}));
        BindingChange change = new BindingChange(BindingChange.Kind.GRANTED, null, binding, 7);
        assertThat(HexFormat.of().formatHex(written(change)))
                .endsWith("00000003" + "07" + "01020000000001" + "020103" + "06030105dc3d37" + "03010107")
                .startsWith("00000039" + "0a000001" + "01" + "0000000000000007" + "81" + "c1");
        assertThat(read(written(change))).isEqualTo(change);
    }

    @Test
    void theLeastThatABindingHasIsSmall() {
        Binding binding = new Binding(
                -1,
                ClientId.of(new byte[] {0}),
                false,
                null,
                LeaseState.DECLINED,
                false,
                0,
                1,
                2,
                null,
                Traits.NONE,
                null);
        BindingChange change = new BindingChange(BindingChange.Kind.DECLINED, null, binding, 3);
        assertThat(HexFormat.of().formatHex(written(change)))
                .isEqualTo("00000025" + "ffffffff" + "05" + "0000000000000003" + "04" + "00" + "0000000000000000"
                        + "0000000000000001" + "00000002" + "0100");
        assertThat(read(written(change))).isEqualTo(change);
    }

    @Test
    void anyBindingComesBackAsItWas() {
        Property.check(3_000, samples -> {
            BindingChange change = TestingBindings.odd(samples);
            assertThat(read(written(change))).isEqualTo(change);
        });
    }

    @Test
    void alikeTraitsAreOneInstance() {
        RecordWriter out = new RecordWriter(16);
        for (int i = 0; i < 3; i++) {
            BindingChange change = TestingBindings.granted(i);
            BindingCodec.write(out, change.kind(), change.atMs(), change.after());
        }
        RecordReader in = new RecordReader();
        in.range(out.data(), 0, out.size());
        BindingCodec codec = new BindingCodec();
        List<Traits> traits = new ArrayList<>();
        while (!in.atEnd()) {
            traits.add(codec.read(in).after().traits());
        }
        assertThat(traits).hasSize(3).allSatisfy(one -> assertThat(one).isSameAs(traits.getFirst()));
    }

    @Test
    void noOctetsEscapeOrLoop() {
        Property.check(20_000, samples -> {
            byte[] octets = written(TestingBindings.odd(samples));
            for (int i = samples.below(4); i >= 0; i--) {
                octets[samples.below(octets.length)] = (byte) samples.below(256);
            }
            RecordReader in = new RecordReader();
            in.range(octets, 0, octets.length);
            try {
                new BindingCodec().read(in);
            } catch (DamagedException told) {
                assertThat(told).hasMessageNotContaining("\n");
            }
        });
    }

    @Test
    void aNumberOfALaterVersionIsNotGuessed() {
        byte[] octets = written(TestingBindings.granted(1));
        octets[8] = 9;
        assertThatThrownBy(() -> read(octets))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("number 9");
    }
}
