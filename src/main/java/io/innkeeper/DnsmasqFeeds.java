package io.innkeeper;

import io.innkeeper.feed.dnsmasq.DnsmasqFeed;
import io.innkeeper.feed.dnsmasq.DnsmasqService;
import io.innkeeper.io.FolderWatch;
import io.innkeeper.io.LocalNetworks;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes feeds on what the store knows of them. */
record DnsmasqFeeds(Heart heart, FolderWatch folders) implements DnsmasqService.Feeds {
    private static final Logger LOG = LoggerFactory.getLogger(DnsmasqFeeds.class);

    @Override
    public DnsmasqFeed make(DnsmasqFeed.Settings settings) {
        List<Lease> known = heart.leases.all(LeaseSource.dnsmasq(settings.name()));
        return new DnsmasqFeed(
                settings,
                known,
                heart.desk,
                folders,
                heart.clock,
                () -> LocalNetworks.read().prefixes());
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
