package io.innkeeper.io;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signals of the operating system. {@code sun.misc.Signal} has no public successor; it is reached by name. */
public final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private Signals() {}

    /**
     * Calls back at each signal of this name, such as {@code HUP}, on a thread of the JVM. Where signals cannot be had, says
     * so in the log and does nothing.
     */
    public static void on(String name, Runnable call) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            call.run();
                        }
                        return switch (method.getName()) {
                            case "hashCode" -> 1;
                            case "equals" -> false;
                            case "toString" -> "handler of " + name;
                            default -> null;
                        };
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            Throwable cause = e instanceof InvocationTargetException wrapped ? wrapped.getCause() : e;
            LOG.warn("The signal {} cannot be used: {}", name, String.valueOf(cause));
        }
    }
}
