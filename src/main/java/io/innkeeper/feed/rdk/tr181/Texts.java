package io.innkeeper.feed.rdk.tr181;

import io.innkeeper.wire.net.IpAddress;
import java.util.List;
import java.util.stream.Stream;

/** Lists as plugins write them, with blanks between. */
final class Texts {
    private Texts() {}

    static List<String> words(String listed) {
        return Stream.of(listed.split(" ")).filter(word -> !word.isEmpty()).toList();
    }

    /** Those that are IPv4 addresses: the last of a list may be cut. */
    static List<String> v4(String listed) {
        return words(listed).stream()
                .filter(word -> IpAddress.parse(word).filter(read -> !read.v6()).isPresent())
                .toList();
    }
}
