package io.innkeeper.peer;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/**
 * Runs something in a network namespace, on a thread of its own that enters it. A socket that is opened there stays there,
 * whichever thread uses it afterwards.
 */
final class InNamespace {
    private static final int CLONE_NEWNET = 0x4000_0000;

    private static final int NOBODY = 65_534;

    private InNamespace() {}

    /** Calls, and hands on what it returns or throws. */
    static <T> T call(String namespace, Callable<T> callable) throws Exception {
        return onThread(() -> {
            enter(namespace);
            return callable.call();
        });
    }

    /** Calls with the rights of the user nobody; only the thread loses its own. */
    static <T> T callAsNobody(String namespace, Callable<T> callable) throws Exception {
        return onThread(() -> {
            enter(namespace);
            dropRights();
            return callable.call();
        });
    }

    private static <T> T onThread(Callable<T> callable) throws Exception {
        FutureTask<T> task = new FutureTask<>(callable);
        Thread.ofPlatform().daemon().start(task);
        try {
            return task.get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw e.getCause() instanceof Exception exception ? exception : e;
        }
    }

    @SuppressWarnings("restricted")
    private static void enter(String namespace) {
        Linker linker = Linker.nativeLinker();
        ValueLayout.OfInt number = ValueLayout.JAVA_INT;
        try (Arena arena = Arena.ofConfined()) {
            int fd = (int) linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("open"),
                            FunctionDescriptor.of(number, ValueLayout.ADDRESS, number),
                            Linker.Option.firstVariadicArg(2))
                    .invokeExact(arena.allocateFrom("/run/netns/" + namespace), 0);
            int entered = (int) linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("setns"), FunctionDescriptor.of(number, number, number))
                    .invokeExact(fd, CLONE_NEWNET);
            int closed = (int) linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("close"), FunctionDescriptor.of(number, number))
                    .invokeExact(fd);
            if (fd < 0 || entered != 0 || closed != 0) {
                throw new AssertionError("cannot enter the namespace " + namespace);
            }
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** The system call itself, which the C library's function of the same name makes for all threads. */
    @SuppressWarnings("restricted")
    private static void dropRights() {
        Linker linker = Linker.nativeLinker();
        ValueLayout.OfLong number = ValueLayout.JAVA_LONG;
        long setresuid = System.getProperty("os.arch").equals("aarch64") ? 147 : 117;
        try {
            long dropped = (long) linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("syscall"),
                            FunctionDescriptor.of(number, number, number, number, number),
                            Linker.Option.firstVariadicArg(1))
                    .invokeExact(setresuid, (long) NOBODY, (long) NOBODY, (long) NOBODY);
            if (dropped != 0) {
                throw new AssertionError("cannot become nobody");
            }
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
