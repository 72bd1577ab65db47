package io.innkeeper.io;

/** The share of the processors that a thread gets when there is not enough for all (setpriority(2), nice(2)). */
public final class ThreadNice {
    /** Of 1 (a little) to 19 (only what nobody else wants): about a tenth of what others get. */
    private static final int NICE = 10;

    private ThreadNice() {}

    /**
     * Makes the calling platform thread yield to others: for book-keeping beside the loop that answers packets. For the rest
     * of the thread's life; only root could take it back.
     *
     * @return false where nothing changed: refused by the system, or a virtual thread, which is none to the system
     */
    public static boolean lower() {
        if (Thread.currentThread().isVirtual()) {
            return false;
        }
        Libc libc = new Libc();
        return libc.setpriority(libc.gettid(), NICE) == 0;
    }
}
