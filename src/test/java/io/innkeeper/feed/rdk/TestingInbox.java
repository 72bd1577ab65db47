package io.innkeeper.feed.rdk;

import io.innkeeper.wire.rdk.PluginMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Keeps what it is given, in order; an interface can be stopped up. */
final class TestingInbox implements Inbox {
    private final List<PluginMessage> taken = new ArrayList<>();
    private final Set<String> full = new HashSet<>();

    @Override
    public synchronized boolean offer(PluginMessage message) {
        boolean room = !full.contains(message.ifname());
        if (room) {
            taken.add(message);
            notifyAll();
        }
        return room;
    }

    synchronized void stopUp(String ifname) {
        full.add(ifname);
    }

    synchronized void open(String ifname) {
        full.remove(ifname);
    }

    synchronized List<PluginMessage> taken() {
        return List.copyOf(taken);
    }

    /** Waits for so many; fails after half a minute. */
    synchronized List<PluginMessage> await(int count) throws InterruptedException {
        long end = System.nanoTime() + 30_000_000_000L;
        while (taken.size() < count) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("only " + taken.size() + " of " + count + " messages came");
            }
            wait(left);
        }
        return List.copyOf(taken);
    }
}
