package io.innkeeper.dns.log;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Those who look at queries as they come: not more than {@value #MAX_FOLLOWERS}, each with a buffer of its own. */
public final class LiveQueries {
    /** The most followers at the same time. */
    public static final int MAX_FOLLOWERS = 32;

    private final List<LiveFollower> followers = new CopyOnWriteArrayList<>();

    LiveQueries() {}

    /**
     * Follows from now on, until it is closed.
     *
     * @param filter which rows; its limit and where it ends count for nothing
     * @return empty where there are too many followers
     */
    public synchronized Optional<LiveFollower> follow(QueryFilter filter) {
        if (followers.size() >= MAX_FOLLOWERS) {
            return Optional.empty();
        }
        LiveFollower follower = new LiveFollower(filter.before(null), followers::remove);
        followers.add(follower);
        return Optional.of(follower);
    }

    /** How many follow. */
    public int followers() {
        return followers.size();
    }

    /** For the log's thread: a row that came. */
    void tell(QueryRow row) {
        for (LiveFollower follower : followers) {
            follower.tell(row);
        }
    }

    /** Ends all of them. */
    void end() {
        followers.forEach(LiveFollower::close);
    }
}
