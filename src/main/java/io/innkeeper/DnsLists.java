package io.innkeeper;

import io.innkeeper.config.DnsConfig;
import io.innkeeper.dns.DnsPlanBuilder;
import io.innkeeper.dns.DnsServer;
import io.innkeeper.dns.block.BlockException;
import io.innkeeper.dns.block.BookSettings;
import io.innkeeper.dns.block.Exceptions;
import io.innkeeper.dns.block.ListBook;
import io.innkeeper.dns.block.ListSearch;
import io.innkeeper.dns.block.ListState;
import io.innkeeper.dns.block.RuleSet;
import io.innkeeper.io.FolderWatch;
import io.innkeeper.store.Settings;
import io.innkeeper.wire.dns.DnsName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The block lists of one run of the DNS server: what they are, when they count, and who is let through for a while. */
final class DnsLists implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DnsLists.class);

    /** Beside the database: {@code innkeeper.db-dns-lists}. */
    private static final String FOLDER = "-dns-lists";

    private static final String EXCEPTIONS = "dns.exceptions";

    private final DnsServer server;
    private final InstantSource clock;
    private final Settings settings;
    private final ListBook book;
    private final ListSearch search;
    private volatile DnsConfig config;
    private volatile RuleSet rules = RuleSet.EMPTY;
    private volatile List<ListState> states = List.of();
    private volatile long[] listsOn;
    private volatile Exceptions exceptions = Exceptions.NONE;

    DnsLists(Heart heart, FolderWatch folders, DnsConfig config, DnsServer server) {
        this.server = server;
        this.clock = heart.clock;
        this.settings = heart.settings;
        this.config = config;
        this.listsOn = DnsPlanBuilder.listsOn(config, wallClock());
        Path folder = Path.of(heart.database.file() + FOLDER);
        this.search = new ListSearch(folder);
        this.book = new ListBook(
                BookSettings.usual(
                        folder, config.limits().listNames(), config.limits().regexes()),
                heart.clock,
                folders,
                this::read);
        book.configure(config.block(), config.rules());
    }

    void start() {
        List<BlockException> kept = settings.get(EXCEPTIONS).stream()
                .flatMap(String::lines)
                .map(BlockException::parse)
                .flatMap(Optional::stream)
                .toList();
        take(Exceptions.of(kept).at(clock.instant()));
        book.start();
    }

    /** By the clock on the wall here: schedules are for people. */
    private ZonedDateTime wallClock() {
        return clock.instant().atZone(ZoneId.systemDefault());
    }

    private void read(ListBook.Snapshot snapshot) {
        rules = snapshot.rules();
        states = snapshot.lists();
        tell();
    }

    private void tell() {
        RuleSet now = rules;
        long[] on = listsOn;
        CompletableFuture<Boolean> _ = server.ask((engine, _) -> {
            engine.rules(now, on);
            return true;
        });
    }

    void adjust(DnsConfig next) {
        DnsConfig before = config;
        config = next;
        listsOn = DnsPlanBuilder.listsOn(next, wallClock());
        if (!before.block().equals(next.block()) || !before.rules().equals(next.rules())) {
            book.configure(next.block(), next.rules());
        }
        tell();
    }

    /** What time brings: schedules that begin and end, exceptions that are over. */
    void look() {
        long[] on = DnsPlanBuilder.listsOn(config, wallClock());
        if (!Arrays.equals(on, listsOn)) {
            listsOn = on;
            tell();
        }
        Exceptions holding = exceptions.at(clock.instant());
        if (holding != exceptions) {
            take(holding);
        }
    }

    private void take(Exceptions next) {
        exceptions = next;
        CompletableFuture<Boolean> _ = server.ask((engine, _) -> {
            engine.exceptions(next);
            return true;
        });
    }

    Exceptions exceptions() {
        return exceptions;
    }

    /** Lets a name through for a while; false where there is no room. */
    synchronized boolean add(BlockException one, String who) {
        Optional<Exceptions> next = exceptions.with(one);
        next.ifPresent(all -> change(all, who));
        return next.isPresent();
    }

    /** Takes one back; false where there is none of this id. */
    synchronized boolean remove(String id, String who) {
        Exceptions next = exceptions.without(id);
        boolean known = next.all().size() < exceptions.all().size();
        if (known) {
            change(next, who);
        }
        return known;
    }

    private void change(Exceptions next, String who) {
        String text = next.all().stream().map(BlockException::text).collect(Collectors.joining("\n"));
        settings.put(EXCEPTIONS, text, who, clock.instant());
        take(next);
    }

    List<ListState> states() {
        return states;
    }

    int names() {
        return rules.names();
    }

    int refresh(List<String> names) {
        List<String> all =
                names.isEmpty() ? states.stream().map(ListState::name).toList() : names;
        book.refresh(all);
        return all.size();
    }

    /** The rules by hand and the lines of lists that name a name or one above it. Reads files: slow. */
    List<ListSearch.Found> find(DnsName name) {
        List<ListSearch.Found> found = new ArrayList<>(ListSearch.find(config.rules(), name));
        for (ListState state : states) {
            if (state.number() > 0) {
                try {
                    found.addAll(search.find(state, name));
                } catch (IOException e) {
                    LOG.warn("The list {} cannot be searched: {}", state.name(), e.getMessage());
                }
            }
        }
        return found;
    }

    /** What the numbers of lists mean. */
    List<String> listNames() {
        List<String> names = new ArrayList<>();
        names.add("rules");
        config.block().forEach(list -> names.add(list.shownName()));
        return names;
    }

    @Override
    public void close() {
        book.close();
    }
}
