package io.innkeeper.feed.rdk.v2;

import io.innkeeper.wire.rdk.v2.Message.Ack;
import io.innkeeper.wire.rdk.v2.Message.AckStatus;
import io.innkeeper.wire.rdk.v2.Message.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Each report is handed on once, however often and by how many connections it comes, and is acknowledged when it is stored. What
 * is stored already, the store remembers by sender and interface; beside that, so many courses are held here. Pure.
 */
final class Deliveries {
    /** What became of a report that came. */
    enum Taken {
        /** It waits to be handed on. */
        NEW,
        /** It came before: it is acknowledged when that one is stored, at once where it is. */
        DUPLICATE
    }

    /** What one sender tells of one interface. */
    private static final class Course {
        long stored;
        long taken;
        final List<Delivery> again = new ArrayList<>();

        boolean isIdle() {
            return taken == stored && again.isEmpty();
        }
    }

    private final Function<String, OptionalLong> places;
    private final int held;
    private final WaitingReports waiting;
    private final SequencedMap<String, Course> courses = new LinkedHashMap<>(16, 0.75f, true);
    private long arrivals;

    /**
     * Nothing has come yet.
     *
     * @param places the highest number that the store has of a reader; empty where it has none
     * @param held how many courses are held here at most, beside those with something under way
     * @param waiting where reports wait
     */
    Deliveries(Function<String, OptionalLong> places, int held, WaitingReports waiting) {
        this.places = places;
        this.held = held;
        this.waiting = waiting;
    }

    /** The name under which the store remembers how far a sender came with an interface. */
    static String reader(String sender, String ifname) {
        return "rdk2/" + sender + "/" + ifname;
    }

    /** Takes a report. Each conversation hears of each of its reports once, by {@link Conversation#settle}. */
    Taken take(Conversation from, Report report, Duration age) {
        String reader = reader(from.sender(), report.ifname());
        Course course = course(reader);
        Delivery delivery = new Delivery(from, reader, report, age, arrivals++);
        if (report.sequence() > course.taken) {
            course.taken = report.sequence();
            waiting.add(delivery);
            return Taken.NEW;
        }
        if (report.sequence() <= course.stored) {
            settle(delivery, AckStatus.DUPLICATE);
        } else {
            course.again.add(delivery);
        }
        return Taken.DUPLICATE;
    }

    private Course course(String reader) {
        Course known = courses.get(reader);
        if (known != null) {
            return known;
        }
        Course course = new Course();
        course.stored = places.apply(reader).orElse(0);
        course.taken = course.stored;
        forgetSome();
        courses.put(reader, course);
        return course;
    }

    /** The store remembers what is forgotten here. */
    private void forgetSome() {
        Iterator<Course> longestUnused = courses.values().iterator();
        for (int left = courses.size(); left >= held && longestUnused.hasNext(); left--) {
            if (longestUnused.next().isIdle()) {
                longestUnused.remove();
            }
        }
    }

    /** The report to hand on next; null for none now. */
    @Nullable
    Delivery next() {
        return waiting.next();
    }

    /** There was no room for it; it comes again after {@link #room}. */
    void held(Delivery delivery) {
        waiting.held(delivery);
    }

    /** There is room again for an interface. */
    void room(String ifname) {
        waiting.room(ifname);
    }

    /** A report that was handed on is in the store. */
    void stored(Delivery delivery) {
        waiting.arrived(delivery);
        settle(delivery, AckStatus.STORED);
        Course course = courses.get(delivery.reader());
        if (course == null) {
            return;
        }
        course.stored = Math.max(course.stored, delivery.report().sequence());
        course.again.removeIf(again -> {
            boolean done = again.report().sequence() <= course.stored;
            if (done) {
                settle(again, AckStatus.DUPLICATE);
            }
            return done;
        });
    }

    private static void settle(Delivery delivery, AckStatus status) {
        delivery.from().settle(new Ack(delivery.ifname(), delivery.report().sequence(), status, ""));
    }

    /** How many courses are held here. */
    int courses() {
        return courses.size();
    }
}
