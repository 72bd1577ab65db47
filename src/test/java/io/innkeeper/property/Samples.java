package io.innkeeper.property;

import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Samples of everything from one seed: the same seed gives the same samples. Prefers the odd corners. */
public final class Samples {
    /** Characters that parsers of ours look for, and some that no one expects. */
    private static final String PIECES = "0123456789abcdefABCDEF::::....////---- \t\n\0%ég\u0661\u200b*xT,=";

    private final Random random;

    public Samples(long seed) {
        random = new Random(seed * 0x9e3779b97f4a7c15L);
    }

    /** 0 (inclusive) to {@code bound} (exclusive). */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** True once in {@code times}. */
    public boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    /** One of these. */
    @SafeVarargs
    public final <T> T pick(T... of) {
        return of[random.nextInt(of.length)];
    }

    /** One of these, or null as often as any of them. */
    public <T> @Nullable T pickOrNull(List<T> of) {
        int at = random.nextInt(of.size() + 1);
        return at == of.size() ? null : of.get(at);
    }

    /** 0 to {@code max} of what the supplier makes. */
    public <T> List<T> list(int max, Supplier<T> item) {
        List<T> items = new ArrayList<>();
        for (int i = random.nextInt(max + 1); i > 0; i--) {
            items.add(item.get());
        }
        return items;
    }

    /** That many octets; whole runs of 00 and ff are as likely as noise. */
    public byte[] octets(int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        for (int i = 0; i < length; i++) {
            octets[i] = switch (random.nextInt(4)) {
                case 0 -> 0;
                case 1 -> i > 0 ? octets[i - 1] : -1;
                default -> octets[i];
            };
        }
        return octets;
    }

    /** An address of either family. */
    public IpAddress ip() {
        return IpAddress.of(octets(pick(4, 16)));
    }

    /** A hardware address, mostly Ethernet. */
    public MacAddress mac() {
        return oneIn(4)
                ? MacAddress.of(random.nextInt(0x10000), octets(1 + random.nextInt(MacAddress.MAX_LENGTH)))
                : MacAddress.of(MacAddress.ETHERNET, octets(6));
    }

    /** A client identifier. */
    public ClientId clientId() {
        return ClientId.of(octets(1 + random.nextInt(oneIn(10) ? ClientId.MAX_LENGTH : 20)));
    }

    /** Text made of what parsers look for, up to {@code max} characters. */
    public String text(int max) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(max + 1); i > 0; i--) {
            text.append(oneIn(50) ? (char) random.nextInt(0x10000) : PIECES.charAt(random.nextInt(PIECES.length())));
        }
        return text.toString();
    }

    /** A legal text with a few characters changed, doubled or lost. */
    public String damaged(String legal) {
        StringBuilder text = new StringBuilder(legal);
        for (int i = random.nextInt(3); i >= 0 && !text.isEmpty(); i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, PIECES.charAt(random.nextInt(PIECES.length())));
                case 1 -> text.deleteCharAt(at);
                default -> text.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
            }
        }
        return text.toString();
    }
}
