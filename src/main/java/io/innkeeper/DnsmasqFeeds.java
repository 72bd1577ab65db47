package io.innkeeper;

import io.innkeeper.feed.dnsmasq.DnsmasqFeed;
import io.innkeeper.feed.dnsmasq.DnsmasqService;
import io.innkeeper.feed.dnsmasq.QueryLineSink;
import io.innkeeper.io.FolderWatch;
import io.innkeeper.io.LocalNetworks;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.store.ReadPlaces;
import io.innkeeper.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes feeds on what the store knows of them.
 *
 * @param queries who is told of the DNS queries in the log of the dnsmasq of a name; null for nobody
 */
record DnsmasqFeeds(Heart heart, FolderWatch folders, Function<String, @Nullable QueryLineSink> queries)
        implements DnsmasqService.Feeds {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(DnsmasqFeeds.class);

    @Override
    public DnsmasqFeed make(DnsmasqFeed.Settings settings) {
        // What an earlier feed handed in must be stored before its places and leases are read.
        awaitDesk();
        List<Lease> known = heart.leases.all(LeaseSource.dnsmasq(settings.name()));
        return new DnsmasqFeed(
                settings,
                known,
                heart.desk,
                folders,
                heart.clock,
                () -> LocalNetworks.read().prefixes(),
                queries.apply(settings.name()));
    }

    private void awaitDesk() {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        heart.desk.inTurn(() -> done.complete(true));
        try {
            done.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new StoreException("what was read before is not stored yet");
        }
    }

    @Override
    public Optional<String> place(String reader) {
        return new ReadPlaces(heart.database).of(reader);
    }

    @Override
    public void watched(List<String> names) {
        for (String known : heart.leases.sources(LeaseSource.DNSMASQ)) {
            if (!names.contains(known)) {
                forget(LeaseSource.dnsmasq(known));
            }
        }
    }

    private void forget(LeaseSource source) {
        try {
            LOG.info("{} is no longer watched; its leases are no longer listed", source);
            heart.reservations.replace(source, List.of());
            heart.desk.forget(source);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
