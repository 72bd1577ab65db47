package io.innkeeper.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NameServersTest {
    @Test
    void asTheSystemReadsThem() {
        assertThat(NameServers.of("""
                # nameserver 10.0.0.9
                search lan
                nameserver 192.168.1.1
                nameserver\tfd00::1   # the second
                nameserver
                nameserver none
                options timeout:1
                  nameserver 9.9.9.9
                nameserver 8.8.8.8
                """).stream().map(Object::toString))
                .containsExactly("192.168.1.1", "fd00::1", "9.9.9.9");
        assertThat(NameServers.of("")).isEmpty();
    }
}
