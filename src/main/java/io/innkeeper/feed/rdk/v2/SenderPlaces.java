package io.innkeeper.feed.rdk.v2;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How far each sender came with each interface, as the store has it: {@code 17@1772366400}, number and second. */
public final class SenderPlaces {
    /** What the names of all readers of version 2 begin with. */
    public static final String READERS = "rdk2/";

    private static final Pattern FORM = Pattern.compile("([0-9]{1,19})@[0-9]{1,19}");

    private final Function<String, Optional<String>> read;

    /** @param read the place of a reader; throws {@link java.io.UncheckedIOException} where the store cannot be read */
    public SenderPlaces(Function<String, Optional<String>> read) {
        this.read = read;
    }

    OptionalLong stored(String reader) {
        return read.apply(reader).map(SenderPlaces::sequence).orElse(OptionalLong.empty());
    }

    private static OptionalLong sequence(String place) {
        Matcher form = FORM.matcher(place);
        return form.matches() ? OptionalLong.of(Long.parseLong(form.group(1))) : OptionalLong.empty();
    }

    static String place(long sequence, long second) {
        return sequence + "@" + second;
    }
}
