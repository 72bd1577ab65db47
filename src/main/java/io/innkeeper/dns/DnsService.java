package io.innkeeper.dns;

import io.innkeeper.config.DnsConfig;
import io.innkeeper.dns.block.BlockException;
import io.innkeeper.dns.block.Exceptions;
import io.innkeeper.dns.block.ListSearch;
import io.innkeeper.dns.block.ListState;
import io.innkeeper.dns.log.QueryLog;
import io.innkeeper.service.Answers;
import io.innkeeper.service.Health;
import io.innkeeper.service.OwnCommand;
import io.innkeeper.service.Service;
import io.innkeeper.service.ServiceException;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.net.IpAddress;
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

        /** Asks as a client by HTTPS does; false where there is too much to do. */
        boolean ask(byte[] query, IpAddress client, ReplyTo replyTo);

        /** Takes a new configuration. */
        void adjust(DnsConfig next);

        /** Fetches the block lists of these names anew; all where there is no name. */
        int refresh(List<String> lists);

        /** How the block lists stand. */
        List<ListState> lists();

        /** How many names and rules all lists that count have together. */
        int blockedNames();

        /** The rules by hand and the lines of lists that name a name or one above it. Reads files: slow. */
        List<ListSearch.Found> find(DnsName name);

        /** Who is let through for a while. */
        Exceptions exceptions();

        /** Lets a name through for a while; false where there is no room. */
        boolean add(BlockException one, String who);

        /** Takes one back; false where there is none of this id. */
        boolean remove(String id, String who);

        /** What was asked. */
        QueryLog log();

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
    public World world() throws ServiceException {
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

    /** Asks as a client by HTTPS does; false where it does not run or has too much to do. */
    public boolean ask(byte[] query, IpAddress client, ReplyTo replyTo) {
        World running = world;
        return running != null && running.ask(query, client, replyTo);
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

    /**
     * What would be answered to a client, and why; no upstream is asked.
     *
     * @throws ServiceException as {@link #ask}
     */
    public Explanation explain(DnsName name, int type, IpAddress client) throws ServiceException {
        return ask((engine, nowMs) -> engine.explain(name, type, client.high(), client.mappedLow(), 0, nowMs));
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
