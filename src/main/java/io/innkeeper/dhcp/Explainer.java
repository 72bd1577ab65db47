package io.innkeeper.dhcp;

import io.innkeeper.dhcp.AccessPolicy.Decision;
import io.innkeeper.dhcp.AddressChoice.Choice;
import io.innkeeper.dhcp.IndexedSubnet.IndexedPool;
import io.innkeeper.dhcp.Outcome.Verdict;
import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingBook;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.MessageType;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.dhcp4.Options;
import io.innkeeper.wire.net.ClientId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers {@link Explanation.Question}: decides as for a DISCOVER, and leaves the book as it is. */
final class Explainer {
    private final BindingBook book;
    private final PlanIndex index;
    private final AddressChoice choice;

    Explainer(BindingBook book, PlanIndex index, AddressChoice choice) {
        this.book = book;
        this.index = index;
        this.choice = choice;
    }

    Explanation explain(Explanation.Question question, long nowMs) {
        Request request = discover(question);
        ClientId client = request.client;
        IndexedSubnet subnet = client == null ? null : subnet(question, request, client);
        if (subnet == null || client == null) {
            return nothing(client == null ? Verdict.INVALID : Verdict.NO_SUBNET);
        }
        long classes = index.classesOf(request);
        Situation s = new Situation(
                request,
                client,
                subnet,
                classes,
                subnet.network.reservationFor(request, subnet),
                subnet.poolsFor(classes));
        Decision access =
                AccessPolicy.decide(request, subnet.access, index.access, subnet.mode, s.reservation() != null, nowMs);
        return explain(s, access);
    }

    private static Request discover(Explanation.Question question) {
        Options.Builder options = Options.builder();
        options.put(OptionCode.MESSAGE_TYPE, new byte[] {(byte) MessageType.DISCOVER.code()});
        if (question.clientId() != null) {
            options.put(OptionCode.CLIENT_ID, question.clientId().octets());
        }
        if (question.vendorClass() != null) {
            options.put(OptionCode.VENDOR_CLASS, question.vendorClass().getBytes(StandardCharsets.UTF_8));
        }
        DhcpMessage message = new DhcpMessage(
                DhcpMessage.REQUEST,
                question.mac().hardwareType(),
                question.mac(),
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                "",
                "",
                options.build());
        Arrival.Link link = question.link() == null ? Arrival.Link.NONE : question.link();
        return new Request(message, new Arrival(link, 0, 68, -1));
    }

    private @Nullable IndexedSubnet subnet(Explanation.Question question, Request request, ClientId client) {
        List<IndexedSubnet> all = index.subnets();
        if (question.subnet() != null) {
            return all.stream()
                    .filter(subnet -> subnet.subnet.name().equals(question.subnet()))
                    .findFirst()
                    .orElse(null);
        }
        if (question.link() != null) {
            return index.finder.of(question.link());
        }
        Binding own = book.own(client, address -> index.finder.containing(address) != null);
        if (own != null) {
            return index.finder.containing(own.address());
        }
        return all.stream()
                .filter(subnet -> subnet.network.reservationFor(request, subnet) != null)
                .findFirst()
                .orElse(all.isEmpty() ? null : all.getFirst());
    }

    private Explanation explain(Situation s, Decision access) {
        Verdict verdict = switch (access.answer()) {
            case REFUSE -> Verdict.DENIED;
            case PASS_ON -> Verdict.PASSED_ON;
            case ANSWER -> Verdict.OFFERED;
        };
        Choice chosen = verdict == Verdict.OFFERED ? choice.choose(s, 0) : null;
        String why = verdict == Verdict.OFFERED ? "no address is left" : access.rule();
        if (chosen != null) {
            String limit = chosen.reason() == AddressChoice.Reason.OWN_LEASE ? null : choice.overLimit(s);
            verdict = limit == null ? verdict : Verdict.OVER_LIMIT;
            why = limit == null ? chosen.reason().text : limit;
        } else if (verdict == Verdict.OFFERED) {
            verdict = Verdict.NO_ADDRESS;
        }
        int address = chosen == null || verdict != Verdict.OFFERED ? 0 : chosen.address();
        boolean probed = address != 0
                && chosen != null
                && !chosen.known()
                && index.plan.probe().arp();
        return at(s, access, verdict, address, why, probed);
    }

    private Explanation at(Situation s, Decision access, Verdict verdict, int address, String why, boolean probed) {
        IndexedSubnet subnet = Replies.subnetOf(s, address);
        IndexedPool pool = index.pool(book.poolOf(address));
        OptionSet set = index.options.resolve(subnet, pool, s.classes(), s.reservation());
        long lifetimeS = set.lifetime.usual();
        return new Explanation(
                verdict,
                access.rule(),
                subnet.network.network.name(),
                subnet.subnet.name(),
                pool == null ? null : pool.pool.name(),
                s.reservation() == null ? null : s.reservation().reserved.where(),
                address,
                why,
                probed,
                classNames(s.classes()),
                set.entries(),
                lifetimeS,
                Replies.renewS(set.lifetime, lifetimeS),
                Replies.rebindS(set.lifetime, lifetimeS),
                set.lifetime.where(),
                set.boot);
    }

    private List<String> classNames(long classes) {
        List<String> names = new ArrayList<>();
        List<Plan.ClientClass> all = index.plan.classes();
        for (int i = 0; i < all.size(); i++) {
            if ((classes & (1L << i)) != 0) {
                names.add(all.get(i).name());
            }
        }
        return names;
    }

    private static Explanation nothing(Verdict verdict) {
        String why = verdict == Verdict.INVALID ? "a hardware address of zeros is nobody's" : "no subnet is concerned";
        return new Explanation(
                verdict, "", null, null, null, null, 0, why, false, List.of(), List.of(), 0, 0, 0, "", null);
    }
}
