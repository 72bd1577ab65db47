package io.innkeeper.feed.rdk.v2;

import io.innkeeper.wire.rdk.v2.Message;
import io.innkeeper.wire.rdk.v2.Message.Hello;
import io.innkeeper.wire.rdk.v2.Message.Refusal;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/** Which hello is taken. Pure. */
final class Doorkeeper {
    /** How many hellos are remembered, so that a recorded one is known at once. One that is older fails for its key. */
    static final int REMEMBERED = 4_096;

    /** What is decided of a hello. */
    sealed interface Verdict {
        /** It is taken, with the key that it names; without one where it names none. */
        record Admitted() implements Verdict {}

        /** It is not taken. */
        record Refused(Refusal reason, String text, String counted) implements Verdict {}
    }

    private final SequencedSet<String> heard = new LinkedHashSet<>();
    private volatile KeyRing keys;

    Doorkeeper(KeyRing keys) {
        this.keys = keys;
    }

    /** From now on, these keys are valid. */
    void keys(KeyRing valid) {
        keys = valid;
    }

    KeyRing keys() {
        return keys;
    }

    Verdict look(Hello hello) {
        if (hello.version() != Message.VERSION) {
            return refused(Refusal.VERSION, "this is version " + Message.VERSION);
        }
        if (!heard.add(hello.nonce())) {
            return new Verdict.Refused(Refusal.MALFORMED, "this hello was heard before", "replayed-hello");
        }
        if (heard.size() > REMEMBERED) {
            heard.removeFirst();
        }
        if (hello.key() == 0) {
            return keys.isNeeded() ? refused(Refusal.KEY_NEEDED, "a key is needed here") : new Verdict.Admitted();
        }
        return keys.find(hello.key()) == null
                ? refused(Refusal.KEY_UNKNOWN, "there is no key " + hello.key())
                : new Verdict.Admitted();
    }

    private static Verdict refused(Refusal reason, String text) {
        return new Verdict.Refused(reason, text, reason.text());
    }
}
