package io.innkeeper.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls back when an interface of this machine or an address of one comes, changes or goes (rtnetlink(7)). Says only that
 * there was something: {@link LocalNetworks#read} tells what is there now. One thread of its own.
 */
public final class LinkChanges implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LinkChanges.class);

    private static final int NETLINK_ROUTE = 0;
    private static final int RTMGRP_LINK = 0x1;
    private static final int RTMGRP_IPV4_IFADDR = 0x10;
    private static final int RTMGRP_IPV6_IFADDR = 0x100;
    // struct sockaddr_nl { u16 family; u16 pad; u32 pid; u32 groups; }
    private static final int SOCKADDR_NL = 12;
    private static final int BATCH = 16;
    private static final int BUFFER = 8_192;

    private final Arena arena = Arena.ofShared();
    private final MessageVector incoming = new MessageVector(arena, BATCH, BUFFER, 16, 0);
    private final NativeSocket socket;
    private final Wakeup wakeup;
    private final Poll poll;
    private final Runnable call;
    private final Thread thread;
    private volatile boolean closing;

    private LinkChanges(NativeSocket socket, Wakeup wakeup, Runnable call) {
        this.socket = socket;
        this.wakeup = wakeup;
        this.call = call;
        this.poll = new Poll(arena, wakeup, socket.fd());
        this.thread = Thread.ofPlatform().name("link-changes").daemon().unstarted(this::loop);
    }

    /**
     * Begins to listen.
     *
     * @param call called on this object's thread, once for changes that come together; must return soon
     * @throws IOException if the system gives no such socket
     */
    public static LinkChanges follow(Runnable call) throws IOException {
        NativeSocket socket = NativeSocket.open(Libc.AF_NETLINK, Libc.SOCK_RAW, NETLINK_ROUTE, "a netlink socket");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(SOCKADDR_NL, 8);
            name.set(ValueLayout.JAVA_SHORT, 0, (short) Libc.AF_NETLINK);
            name.set(ValueLayout.JAVA_INT, 8, RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR);
            socket.check(socket.bind(name), "follow changes of interfaces");
            LinkChanges made = new LinkChanges(socket, new Wakeup(), call);
            made.thread.start();
            return made;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void loop() {
        try {
            while (!closing) {
                if (poll.await(-1)) {
                    drain();
                    tell();
                }
            }
        } catch (IOException e) {
            LOG.error("Changes of interfaces can no longer be followed", e);
        } finally {
            socket.close();
            wakeup.close();
            arena.close();
        }
    }

    /** What the messages say is not looked at; where some were lost (ENOBUFS), there was something, too. */
    private void drain() {
        int count;
        do {
            incoming.prepareToReceive(BATCH);
            count = socket.libc().recvmmsg(socket.fd(), incoming.from(0), BATCH, Libc.MSG_DONTWAIT);
        } while (count > 0 || count == -Errno.ENOBUFS);
    }

    private void tell() {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("What should follow a change of an interface failed", e);
        }
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
