package io.innkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.config.SecretText;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keys of the lease monitor that change while it runs. */
class LeaseKeysTest {
    private static final SecretText GOOD = secret(Base64.getEncoder().encodeToString(new byte[32]));
    private static final SecretText MISSING = secret("file:/nowhere/lease.key");

    private static SecretText secret(String text) {
        return SecretText.parse(text).orElseThrow();
    }

    @Test
    void aKeyThatCannotBeReadOpensNothing() throws Exception {
        LeaseKeys keys = new LeaseKeys(Map.of("1", GOOD), Map.of());
        keys.change(Map.of("2", MISSING));
        assertThat(keys.get().numbers()).isEmpty();
        assertThat(keys.get().isNeeded()).isTrue();
        assertThat(keys.complaint()).hasValueSatisfying(text -> assertThat(text).contains("lease-monitor.v2.keys.2"));
    }

    @Test
    void theFirstKeyIsNeededAlsoWhereItCannotBeRead() throws Exception {
        LeaseKeys keys = new LeaseKeys(Map.of(), Map.of());
        assertThat(keys.get().isNeeded()).isFalse();
        keys.change(Map.of("1", MISSING));
        assertThat(keys.get().isNeeded()).isTrue();
        keys.change(Map.of());
        assertThat(keys.get().isNeeded()).isFalse();
    }
}
