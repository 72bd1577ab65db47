package io.innkeeper.feed.dnsmasq.bus;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.freedesktop.dbus.connections.IDisconnectCallback;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.matchrules.DBusMatchRuleBuilder;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.messages.Error;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.messages.constants.MessageTypes;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a D-Bus. It does not connect again by itself. What others say on the bus is their word: a signal names
 * its sender, which is to be compared with {@link #owner}.
 */
final class BusConnection implements AutoCloseable {
    /** The bus itself, as a peer on it. */
    static final String BUS = "org.freedesktop.DBus";

    private static final String BUS_PATH = "/org/freedesktop/DBus";

    /** The bus's own signal that a name has another owner. */
    static final String OWNER_CHANGED = "NameOwnerChanged";

    /** How long an answer may take, in milliseconds. */
    private static final long CALL_MS = 5_000;

    private static final String SYSTEM = "system";

    /**
     * A signal.
     *
     * @param sender the unique name of who sent it
     * @param name such as {@code DhcpLeaseAdded}
     * @param arguments as the bus carries them; empty where they cannot be read
     */
    record Signal(String sender, String name, List<Object> arguments) {}

    private final DBusConnection connection;

    private BusConnection(DBusConnection connection) {
        this.connection = connection;
    }

    /**
     * Connects.
     *
     * @param address of the bus; {@code system} is the system bus
     * @param lost told once where the connection ends by itself; must not wait
     * @throws BusException if the bus cannot be reached or does not let us in
     */
    static BusConnection open(String address, Runnable lost) throws BusException {
        IDisconnectCallback callback = new IDisconnectCallback() {
            @Override
            public void disconnectOnError(java.io.IOException reason) {
                lost.run();
            }
        };
        try {
            DBusConnectionBuilder builder = address.equals(SYSTEM)
                    ? DBusConnectionBuilder.forSystemBus()
                    : DBusConnectionBuilder.forAddress(address);
            // One thread for signals: with more, they would overtake each other.
            return new BusConnection(builder.withShared(false)
                    .withDisconnectCallback(callback)
                    .receivingThreadConfig()
                    .withSignalThreadCount(1)
                    .connectionConfig()
                    .build());
        } catch (DBusException | RuntimeException e) {
            // Beside its own exceptions the library throws those of the transport, such as for abstract sockets.
            throw new BusException("", "the bus cannot be reached at " + address + ": " + words(e), e);
        }
    }

    private static String words(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    /** True until the connection is closed or ends. */
    boolean isOpen() {
        return connection.isConnected();
    }

    /**
     * Hands on the signals of an interface at a path, and the bus's own when the owner of a name changes, in the order of the
     * bus, on a thread of the connection.
     *
     * @throws BusException if the bus refuses
     */
    void follow(String name, String path, Consumer<Signal> taker) throws BusException {
        var said = DBusMatchRuleBuilder.create()
                .withType(MessageTypes.SIGNAL)
                .withInterface(name)
                .withPath(path)
                .build();
        var owners = DBusMatchRuleBuilder.create()
                .withType(MessageTypes.SIGNAL)
                .withInterface(BUS)
                .withMember(OWNER_CHANGED)
                .withArg0123(0, name)
                .build();
        try {
            connection.addGenericSigHandler(owners, signal -> taker.accept(read(signal)));
            connection.addGenericSigHandler(said, signal -> taker.accept(read(signal)));
        } catch (DBusException | DBusExecutionException e) {
            throw new BusException("", "the bus does not tell signals: " + words(e), e);
        }
    }

    private static Signal read(DBusSignal signal) {
        List<Object> arguments = List.of();
        try {
            Object[] told = signal.getParameters();
            arguments = told == null ? List.of() : List.of(told);
        } catch (DBusException | RuntimeException unreadable) {
            // Then it has none, and is refused.
        }
        return new Signal(String.valueOf(signal.getSource()), String.valueOf(signal.getName()), arguments);
    }

    /** The unique name of who has a name on the bus; empty for nobody. @throws BusException if the bus does not answer */
    Optional<String> owner(String name) throws BusException {
        boolean taken = call(BUS, BUS_PATH, BUS, "NameHasOwner", "s", name)[0] instanceof Boolean has && has;
        if (!taken) {
            return Optional.empty();
        }
        try {
            return Optional.of(String.valueOf(call(BUS, BUS_PATH, BUS, "GetNameOwner", "s", name)[0]));
        } catch (BusException leftMeanwhile) {
            return Optional.empty();
        }
    }

    /**
     * Calls a method and waits for what it returns.
     *
     * @param signature of the arguments (D-Bus specification, "Type system"); null for none
     * @throws BusException if it fails, is refused, or takes longer than five seconds
     */
    Object[] call(String peer, String path, String of, String method, @Nullable String signature, Object... arguments)
            throws BusException {
        try {
            MethodCall call = connection
                    .getMessageFactory()
                    .createMethodCall(null, peer, path, of, method, (byte) 0, signature, arguments);
            connection.sendMessage(call);
            Message reply = call.getReply(CALL_MS);
            if (reply == null) {
                throw new BusException("", method + " of " + peer + " was not answered", null);
            }
            if (reply instanceof Error error) {
                Object[] told = error.getParameters();
                String text = told != null && told.length > 0 ? String.valueOf(told[0]) : error.getName();
                throw new BusException(String.valueOf(error.getName()), method + ": " + text, null);
            }
            Object[] result = reply.getParameters();
            return result == null ? new Object[0] : result;
        } catch (DBusException | DBusExecutionException | java.util.concurrent.RejectedExecutionException e) {
            throw new BusException("", method + ": " + words(e), e);
        }
    }

    @Override
    public void close() {
        connection.disconnect();
    }
}
