package io.innkeeper.io;

import io.innkeeper.io.OpenQuestions.Question;
import io.innkeeper.wire.ethernet.ArpPacket;
import io.innkeeper.wire.net.MacAddress;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks by ARP probe (RFC 5227 §2.1.1) where the address would be on a link of ours, and by ICMP echo elsewhere; one packet for
 * each question. Needs CAP_NET_RAW for ARP. One thread of its own.
 */
public final class LinuxAddressProbe implements AddressProbe {
    private static final Logger LOG = LoggerFactory.getLogger(LinuxAddressProbe.class);

    /** How old what is known of our interfaces may be. */
    private static final int LOOK_AGAIN_MS = 1_000;

    private final LongSupplier clockMs;
    private final Listener listener;
    private final List<String> problems = new ArrayList<>();
    private final Arena arena = Arena.ofShared();
    private final Wakeup wakeup = new Wakeup();
    private final @Nullable LinuxLinkPort arp;
    private final @Nullable EchoSocket echo;
    private final Poll poll;

    private final Queue<Question> asked = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong unasked = new AtomicLong();
    private final OpenQuestions questions;
    private final FrameBatch frames = new FrameBatch();
    private final byte[] probe = new byte[ArpPacket.FRAME];
    private final Thread thread;
    private LocalNetworks networks = LocalNetworks.read();
    private long networksAtMs;
    private volatile boolean closing;

    private LinuxAddressProbe(int timeoutMs, LongSupplier clockMs, Listener listener) throws IOException {
        this.clockMs = clockMs;
        this.listener = listener;
        this.questions = new OpenQuestions(timeoutMs);
        this.arp = openOrExplain(() -> LinuxLinkPort.open(PacketFilter.arp(), 0));
        this.echo = openOrExplain(EchoSocket::open);
        this.poll = new Poll(arena, wakeup, arp == null ? -1 : arp.fd(), echo == null ? -1 : echo.fd());
        this.networksAtMs = clockMs.getAsLong();
        this.thread = Thread.ofPlatform().name("address-probe").daemon().unstarted(this::loop);
    }

    /** Opens something that may need rights which are missing. */
    private interface Opening<T> {
        T open() throws IOException;
    }

    private <T> @Nullable T openOrExplain(Opening<T> opening) {
        try {
            return opening.open();
        } catch (IOException e) {
            problems.add(String.valueOf(e.getMessage()));
            return null;
        }
    }

    /**
     * Begins. What it has not the rights for it does without; see {@link #problems}.
     *
     * @param timeoutMs how long to wait for an answer, from 1
     * @param clockMs a clock in milliseconds that never goes back
     * @throws IOException if the process has no file descriptors left
     */
    public static LinuxAddressProbe start(int timeoutMs, LongSupplier clockMs, Listener listener) throws IOException {
        LinuxAddressProbe made = new LinuxAddressProbe(timeoutMs, clockMs, listener);
        made.thread.start();
        return made;
    }

    /** What it cannot do and why, in sentences for people; empty where it can do all. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    @Override
    public void ask(int address, int interfaceIndex) {
        Question question = new Question(address, interfaceIndex);
        boolean possible = interfaceIndex == 0 ? echo != null : arp != null;
        if (!possible) {
            giveUp(question);
        } else if (open.incrementAndGet() > MAX_OPEN) {
            open.decrementAndGet();
            giveUp(question);
        } else {
            asked.add(question);
            wakeup.call();
        }
    }

    private void giveUp(Question question) {
        unasked.incrementAndGet();
        tell(question, false, null);
    }

    @Override
    public long unasked() {
        return unasked.get();
    }

    private void loop() {
        try {
            while (!closing) {
                askAll();
                poll.await(questions.waitMs(clockMs.getAsLong()));
                hearArp();
                hearEchoes();
                for (Question question : questions.takeOverdue(clockMs.getAsLong())) {
                    open.decrementAndGet();
                    tell(question, false, null);
                }
            }
        } catch (IOException e) {
            LOG.error("Addresses can no longer be probed", e);
        } finally {
            release();
        }
    }

    /** Sends the new questions. */
    private void askAll() {
        for (Question question = asked.poll(); question != null; question = asked.poll()) {
            if (!questions.open(question, clockMs.getAsLong())) {
                open.decrementAndGet();
            } else if (!send(question)) {
                questions.answer(question);
                open.decrementAndGet();
                giveUp(question);
            }
        }
    }

    private boolean send(Question question) {
        if (question.interfaceIndex() == 0) {
            return echo != null && echo.send(question.address());
        }
        MacAddress from = macOf(question.interfaceIndex());
        if (arp == null || from == null) {
            return false;
        }
        frames.clear();
        int length = ArpPacket.probe(from, question.address()).writeFrame(probe);
        frames.add(question.interfaceIndex(), probe, length);
        return arp.send(frames) == 1;
    }

    /** Null where there is no such interface, or it has no hardware address. */
    private @Nullable MacAddress macOf(int interfaceIndex) {
        long now = clockMs.getAsLong();
        if (now - networksAtMs >= LOOK_AGAIN_MS || !networks.byIndex().containsKey(interfaceIndex)) {
            networks = LocalNetworks.read();
            networksAtMs = now;
        }
        LocalNetworks.Interface one = networks.byIndex().get(interfaceIndex);
        return one == null ? null : one.mac();
    }

    /** Whoever names an address as its own, in a reply or in a question of its own, uses it. */
    private void hearArp() throws IOException {
        if (arp == null || !poll.ready(0)) {
            return;
        }
        int count;
        do {
            count = arp.receive(frames, 0);
            for (int i = 0; i < count; i++) {
                int link = frames.interfaceIndex(i);
                ArpPacket.parse(frames.bytes(i), frames.length(i))
                        .ifPresent(packet -> used(new Question(packet.senderAddress(), link), packet.senderMac()));
            }
        } while (count == FrameBatch.CAPACITY);
    }

    private void hearEchoes() {
        if (echo != null && poll.ready(1)) {
            echo.receive(address -> used(new Question(address, 0), null));
        }
    }

    private void used(Question question, @Nullable MacAddress mac) {
        if (questions.answer(question)) {
            open.decrementAndGet();
            tell(question, true, mac);
        }
    }

    private void tell(Question question, boolean used, @Nullable MacAddress mac) {
        try {
            listener.answered(new Answer(question.address(), question.interfaceIndex(), used, mac));
        } catch (RuntimeException e) {
            LOG.error("What should follow a probe failed", e);
        }
    }

    private void release() {
        if (arp != null) {
            arp.close();
        }
        if (echo != null) {
            echo.close();
        }
        wakeup.close();
        arena.close();
    }

    @Override
    public void close() {
        closing = true;
        wakeup.call();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
