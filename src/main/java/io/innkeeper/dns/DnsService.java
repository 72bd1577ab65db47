package io.innkeeper.dns;

import io.innkeeper.config.DnsConfig;
import io.innkeeper.service.Answers;
import io.innkeeper.service.Health;
import io.innkeeper.service.OwnCommand;
import io.innkeeper.service.Service;
import io.innkeeper.service.ServiceException;
import io.innkeeper.wire.dns.DnsName;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The service {@code dns}: opens what the server needs, and is asked by the API. */
public final class DnsService implements Service {
    private static final String WHO = "the DNS server";

    /** Makes what the server needs of the world. */
    @FunctionalInterface
    public interface Opener {
        /**
         * Opens everything, and starts it.
         *
         * @throws ServiceException if something cannot be had; the message says what to do
         */
        World open(FailureListener listener) throws ServiceException;
    }

    /** What was opened. */
    public interface World extends AutoCloseable {
        /** The server. */
        DnsServer server();

        /** Takes a new configuration. */
        void adjust(DnsConfig next);

        /** Fetches the block lists of these names anew; all where there is no name. */
        int refresh(List<String> lists);

        /** One sentence. */
        String summary();

        /** What needs a look; empty for nothing. */
        List<String> complaints();

        /** Numbers for those who look closer. */
        Map<String, Object> numbers();

        /** Closes everything. */
        @Override
        void close();
    }

    private final Opener opener;
    private volatile @Nullable World world;

    /** The newest configuration of which it was told: what was opened before may have an older one. */
    private volatile @Nullable DnsConfig wanted;

    /** The service. */
    public DnsService(Opener opener) {
        this.opener = opener;
    }

    @Override
    public void start(FailureListener listener) throws ServiceException {
        World opened = opener.open(listener);
        world = opened;
        DnsConfig newer = wanted;
        if (newer != null) {
            opened.adjust(newer);
        }
    }

    /** Takes a new configuration while it runs. */
    public void adjust(DnsConfig next) {
        wanted = next;
        World running = world;
        if (running != null) {
            running.adjust(next);
        }
    }

    /**
     * What runs.
     *
     * @throws ServiceException if nothing does
     */
    World world() throws ServiceException {
        World running = world;
        if (running == null) {
            throw new ServiceException("the DNS server does not run; 'dns' of the configuration starts it");
        }
        return running;
    }

    /** True while it serves. */
    public boolean runs() {
        return world != null;
    }

    /**
     * Asks the engine and waits for the answer.
     *
     * @throws ServiceException if it does not run, or does not answer
     */
    <T> T ask(DnsServer.Question<T> question) throws ServiceException {
        return Answers.of(world().server().ask(question), WHO);
    }

    /**
     * How it is.
     *
     * @throws ServiceException as {@link #ask}
     */
    public DnsStatus status() throws ServiceException {
        return ask((engine, _) -> engine.status());
    }

    /**
     * Forgets a name and all below it, or everything.
     *
     * @param name null for everything
     * @return how many answers that were
     * @throws ServiceException as {@link #ask}
     */
    public int flush(@Nullable DnsName name) throws ServiceException {
        return ask((engine, _) -> engine.cache().flush(Objects.requireNonNullElse(name, DnsName.ROOT)));
    }

    @Override
    public Health health() {
        World running = world;
        if (running == null) {
            return new Health(Health.Level.FAILED, "does not run", Map.of());
        }
        List<String> complaints = running.complaints();
        return complaints.isEmpty()
                ? new Health(Health.Level.OK, running.summary(), running.numbers())
                : new Health(Health.Level.DEGRADED, String.join("; ", complaints), running.numbers());
    }

    @Override
    public List<OwnCommand> commands() {
        return DnsCommands.of(this);
    }

    @Override
    public void close() {
        World running = world;
        world = null;
        if (running != null) {
            running.close();
        }
    }
}
