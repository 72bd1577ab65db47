package io.innkeeper.dhcp;

import io.innkeeper.io.AddressProbe;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** Carries the answers of a probe from its thread to that of the server. */
public final class ProbeQueue implements Probes {
    /** The probe has no more open questions than this, and each has one answer. */
    private final BlockingQueue<AddressProbe.Answer> answers = new ArrayBlockingQueue<>(2 * AddressProbe.MAX_OPEN);

    private volatile @Nullable AddressProbe probe;
    private volatile Runnable wake = () -> {};

    /** Asks through this probe, whose listener is {@link #answered}. */
    public void through(AddressProbe asked) {
        probe = asked;
    }

    /** Takes an answer; from any thread. */
    public void answered(AddressProbe.Answer answer) {
        if (answers.offer(answer)) {
            wake.run();
        }
    }

    @Override
    public void ask(int address, int interfaceIndex) {
        Objects.requireNonNull(probe).ask(address, interfaceIndex);
    }

    @Override
    public void forEachAnswer(Answers taker) {
        for (AddressProbe.Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
            taker.probed(answer.address(), answer.used(), answer.mac());
        }
    }

    @Override
    public void whenAnswered(Runnable waker) {
        wake = waker;
    }
}
