package io.innkeeper.dhcp;

import io.innkeeper.lease.BindingChange;
import io.innkeeper.service.Answers;
import io.innkeeper.service.Health;
import io.innkeeper.service.OwnCommand;
import io.innkeeper.service.Service;
import io.innkeeper.service.ServiceException;
import io.innkeeper.view.ShadowReport;
import io.innkeeper.wire.net.IpAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service {@code dhcp4}: opens what the server needs, and is asked by the API. */
public final class Dhcp4Service implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(Dhcp4Service.class);

    /** Makes what the server needs of the world. */
    @FunctionalInterface
    public interface Opener {
        /**
         * Opens ports, store and book.
         *
         * @throws ServiceException if something cannot be had; the message says what to do
         */
        World open(Supplier<Plan> plan, FailureListener listener) throws ServiceException;
    }

    /** What the server needs of the world, opened. */
    public interface World extends AutoCloseable {
        /** The server, or its shadow; not started. */
        Answering server();

        /** Takes note of a new configuration, which is in force; called by the server's thread, so it must be quick. */
        void adjusted(Plan plan);

        /**
         * Puts a question to the leases that last, where no server of this run owns them (mode shadow), and stores what it
         * changes.
         *
         * @throws ServiceException if they cannot be read or stored
         */
        <T> T aside(Answering.Question<T> question) throws ServiceException;

        /** DHCP servers besides us that were heard lately, as 32 bits, and when; for any thread. */
        Map<Integer, Long> others();

        /** Sentences about what does not work as it should; empty where all does. */
        List<String> complaints();

        /** One sentence for people where all is well. */
        String summary();

        /** Numbers for those who look closer. */
        Map<String, Object> numbers();

        /** Stops what runs beside the server and gives everything back. */
        @Override
        void close();
    }

    private final Opener opener;
    private final Supplier<Plan> plan;
    private final Dhcp4Commands commands;
    private volatile @Nullable World world;

    /** Why the latest configuration is not in force; null where it is. */
    private volatile @Nullable String refused;

    private @Nullable Plan adopted;
    private volatile InstallPlan installs = InstallPlan.NOBODY;

    /**
     * The service.
     *
     * @param plan the configuration as it is now; asked at start and at each {@link #adjust}
     * @param commands what it can be told
     */
    public Dhcp4Service(Opener opener, Supplier<Plan> plan, Dhcp4Commands commands) {
        this.opener = opener;
        this.commands = commands;
        this.plan = plan;
    }

    @Override
    public void start(FailureListener listener) throws ServiceException {
        World opened = opener.open(plan, listener);
        tellInstalls(opened.server());
        opened.server().start();
        world = opened;
        tellInstalls(opened.server()); // the marks may have changed, too
        adjust(); // the configuration may have changed while leases were read
    }

    /** Takes the configuration as it is now; leases go on, and no packet is lost. */
    public synchronized void adjust() {
        World running = world;
        if (running == null) {
            return;
        }
        Plan next;
        try {
            next = plan.get();
        } catch (RuntimeException e) {
            LOG.error("The DHCP server goes on by its old configuration", e);
            refused = reason(e);
            return;
        }
        if (refused == null && next.equals(adopted)) {
            return;
        }
        adopted = next;
        CompletableFuture<Boolean> _ = running.server().plan(next).whenComplete((_, e) -> {
            refused = e == null ? null : reason(e);
            if (e == null) {
                running.adjusted(next);
            }
        });
    }

    /** These clients, and no others, are told what to boot; a shadow tells nobody. */
    public void installs(InstallPlan next) {
        installs = next;
        World running = world;
        if (running != null) {
            tellInstalls(running.server());
        }
    }

    private void tellInstalls(Answering server) {
        if (server instanceof ShadowServer) {
            return;
        }
        CompletableFuture<Boolean> _ = server.ask((engine, _) -> {
                    engine.installs(installs);
                    return Answering.Answer.of(true);
                })
                .exceptionally(e -> {
                    LOG.error("The DHCP server does not know the newest marks for installation", e);
                    return false;
                });
    }

    private static String reason(Throwable e) {
        return Objects.requireNonNullElse(e.getMessage(), e.toString());
    }

    /**
     * Puts a question to the engine and waits for the answer.
     *
     * @throws ServiceException if the server does not run, is too busy, or cannot store what the answer changes
     */
    public <T> T ask(Answering.Question<T> question) throws ServiceException {
        return answer(server().ask(question));
    }

    /**
     * As {@link #ask}, but in mode shadow about the leases that last, not about those that the shadow made up: what it changes
     * is there when another mode begins.
     *
     * @throws ServiceException as {@link #ask}
     */
    public <T> T askLasting(Answering.Question<T> question) throws ServiceException {
        World running = world();
        return running.server() instanceof ShadowServer ? running.aside(question) : ask(question);
    }

    /** True where it only compares, in mode shadow. */
    public boolean isShadow() {
        World running = world;
        return running != null && running.server() instanceof ShadowServer;
    }

    /**
     * DHCP servers besides us that were heard lately, and when.
     *
     * @throws ServiceException if the server does not run
     */
    public Map<IpAddress, Instant> others() throws ServiceException {
        Map<IpAddress, Instant> others = new TreeMap<>();
        world().others().forEach((server, atMs) -> others.put(IpAddress.v4(server), Instant.ofEpochMilli(atMs)));
        return others;
    }

    private Answering server() throws ServiceException {
        return world().server();
    }

    private World world() throws ServiceException {
        World running = world;
        if (running == null) {
            throw new ServiceException("the DHCP server does not run; 'dhcp4' of the configuration starts it");
        }
        return running;
    }

    /**
     * How far our answers agree with those of the real server; empty in another mode than shadow.
     *
     * @throws ServiceException as {@link #ask}
     */
    public Optional<ShadowReport> shadow() throws ServiceException {
        return server() instanceof ShadowServer shadow ? Optional.of(answer(shadow.report())) : Optional.empty();
    }

    private static <T> T answer(Future<T> future) throws ServiceException {
        return Answers.of(future, "the DHCP server");
    }

    /** True while it serves. */
    public boolean runs() {
        return world != null;
    }

    @Override
    public Health health() {
        World running = world;
        if (running == null) {
            return new Health(Health.Level.FAILED, "does not run", Map.of());
        }
        String trouble = running.server().trouble();
        if (trouble != null) {
            return new Health(
                    Health.Level.FAILED,
                    "leases cannot be stored, so no client is answered: " + trouble,
                    running.numbers());
        }
        List<String> complaints = new ArrayList<>(running.complaints());
        String why = refused;
        if (why != null) {
            complaints.addFirst("the latest configuration is not in force, the one before is: " + why);
        }
        return complaints.isEmpty()
                ? new Health(Health.Level.OK, running.summary(), running.numbers())
                : new Health(Health.Level.DEGRADED, String.join("; ", complaints), running.numbers());
    }

    @Override
    public List<OwnCommand> commands() {
        return commands.of(this);
    }

    /**
     * Ends the lease of an address.
     *
     * @return false where nobody holds it
     * @throws ServiceException as {@link #ask}
     */
    public boolean release(IpAddress address) throws ServiceException {
        return ask((engine, nowMs) -> {
            BindingChange change = engine.book().release(address.v4Bits(), nowMs);
            return new Answering.Answer<>(change == null ? List.of() : List.of(change), change != null);
        });
    }

    @Override
    public void close() {
        World running = world;
        world = null;
        if (running != null) {
            running.server().close();
            running.close();
        }
    }
}
