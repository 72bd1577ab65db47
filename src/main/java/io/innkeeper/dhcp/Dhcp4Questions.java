package io.innkeeper.dhcp;

import io.innkeeper.config.Dhcp4Entry;
import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingBook;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.service.ServiceException;
import io.innkeeper.view.ExplanationView;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the API asks of the running server. Each question waits for its turn in the server's loop. */
public final class Dhcp4Questions {
    /** Leases by state. */
    public record LeaseCounts(long active, long offered, long remembered, long declined) {}

    private Dhcp4Questions() {}

    /** True where a lease of this source is ours to end. */
    public static boolean isOurs(String origin, String source) {
        return LeaseSource.SERVER.equals(new LeaseSource(origin, source));
    }

    /**
     * How full the subnets are.
     *
     * @throws ServiceException as {@link Dhcp4Service#ask}
     */
    public static List<SubnetUse> subnets(Dhcp4Service service) throws ServiceException {
        return service.ask((engine, nowMs) -> Answering.Answer.of(SubnetUse.of(engine.plan(), engine.book())));
    }

    /**
     * How many leases there are.
     *
     * @param subnets as {@link #subnets} told of them
     * @throws ServiceException as {@link Dhcp4Service#ask}
     */
    public static LeaseCounts counts(Dhcp4Service service, List<SubnetUse> subnets) throws ServiceException {
        long ended = 0;
        long declined = 0;
        for (SubnetUse subnet : subnets) {
            for (SubnetUse.Pool pool : subnet.pools()) {
                ended += pool.ended();
                declined += pool.declined();
            }
        }
        long remembered = ended;
        long aside = declined;
        return service.ask((engine, nowMs) -> Answering.Answer.of(
                new LeaseCounts(engine.book().activeCount(), engine.book().offerCount(), remembered, aside)));
    }

    /**
     * What a client would get now.
     *
     * @param subnet the prefix of a subnet; null for the one that it is most likely in
     * @param vendorClass option 60; null for none
     * @throws ServiceException as {@link Dhcp4Service#ask}
     */
    public static ExplanationView explain(
            Dhcp4Service service,
            MacAddress mac,
            @Nullable ClientId clientId,
            @Nullable String subnet,
            @Nullable String vendorClass)
            throws ServiceException {
        Explanation.Question question = new Explanation.Question(mac, clientId, subnet, null, vendorClass);
        return service.ask((engine, nowMs) -> {
            Explanation found = engine.explain(question, nowMs);
            return Answering.Answer.of(
                    ExplanationViews.of(question, found, engine.plan().registry()));
        });
    }

    /**
     * What stands in the way of reservations for now, as sentences: who holds their addresses, what their clients hold.
     *
     * @throws ServiceException as {@link Dhcp4Service#ask}
     */
    public static List<String> warnings(Dhcp4Service service, List<Dhcp4Entry> entries) throws ServiceException {
        return service.ask((engine, nowMs) -> Answering.Answer.of(entries.stream()
                .flatMap(entry -> warnings(engine.book(), entry).stream())
                .toList()));
    }

    private static List<String> warnings(BindingBook book, Dhcp4Entry entry) {
        List<String> sentences = new ArrayList<>();
        IpAddress address = entry.reservation().address();
        if (address == null) {
            return sentences;
        }
        Binding holder = book.at(address.v4Bits());
        if (holder != null && holder.isActive() && !isFor(entry, holder)) {
            sentences.add(
                    address + " is held by " + name(holder) + " now; that client is refused it at its next renewal, "
                            + end(holder) + ", and then the address goes to its reservation");
        }
        for (MacAddress mac : entry.reservation().mac()) {
            for (Binding own : book.of(mac)) {
                if (own.isActive() && own.address() != address.v4Bits()) {
                    sentences.add(mac + " holds " + IpAddress.v4(own.address()) + " now; it moves to " + address
                            + " when it renews or asks anew, " + end(own));
                }
            }
        }
        return sentences;
    }

    private static boolean isFor(Dhcp4Entry entry, Binding holder) {
        boolean byMac = holder.mac() != null && entry.reservation().mac().contains(holder.mac());
        boolean byClient = entry.reservation().clientId() != null
                && Objects.equals(
                        holder.client(),
                        ClientId.of(entry.reservation().clientId().octets().toArray()));
        return byMac || byClient;
    }

    private static String name(Binding holder) {
        Object client = holder.mac() == null ? holder.client() : holder.mac();
        return holder.hostname() == null ? client.toString() : holder.hostname() + " (" + client + ")";
    }

    private static String end(Binding binding) {
        return binding.endsAtMs() == Binding.NEVER
                ? "whenever that is, since its lease never ends"
                : "at " + Instant.ofEpochMilli(binding.endsAtMs()) + " at the latest";
    }
}
