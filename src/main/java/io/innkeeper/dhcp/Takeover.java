package io.innkeeper.dhcp;

import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.lease.Expiry;
import io.innkeeper.lease.Lease;
import io.innkeeper.service.ServiceException;
import io.innkeeper.view.TakeoverView;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes the leases of another server into our own list, so that its clients keep their addresses. Asks the thread that owns
 * the list, some leases at a time; each part is stored before the next begins. Repeating it takes what is new.
 */
public final class Takeover {
    /** So many leases are decided and stored at a time: clients wait that long, a few hundredths of a second. */
    private static final int AT_ONCE = 5_000;

    /** The most leases that an answer lists. */
    private static final int MAX_LISTED = 10_000;

    /**
     * A lease of the other server.
     *
     * @param lease as we learned it
     * @param binding as it would be with us; null where nobody told who has it
     */
    public record Candidate(Lease lease, @Nullable Binding binding) {}

    private final Dhcp4Service service;
    private final boolean enter;
    private final Map<Adoption.Kind, Long> counts = new HashMap<>();
    private final List<TakeoverView.Item> taken = new ArrayList<>();
    private final List<TakeoverView.Item> refused = new ArrayList<>();

    private Takeover(Dhcp4Service service, boolean enter) {
        this.service = service;
        this.enter = enter;
    }

    /**
     * Decides about each lease, and enters those that can be had.
     *
     * @param enter false only to tell
     * @param from whose leases they are
     * @param answering what speaks for it that the other server still answers
     * @throws ServiceException as {@link Dhcp4Service#ask}; what was stored before stays, and a repetition goes on from there
     */
    public static TakeoverView of(
            Dhcp4Service service, List<Candidate> candidates, boolean enter, List<String> from, List<String> answering)
            throws ServiceException {
        Takeover takeover = new Takeover(service, enter);
        List<Candidate> v4 =
                candidates.stream().filter(one -> !one.lease().address().v6()).toList();
        takeover.decide(v4);
        Mode mode = service.ask((engine, _) -> Answering.Answer.of(engine.plan().mode()));
        return takeover.view(candidates.size() - v4.size(), service.isShadow() ? Mode.SHADOW : mode, from, answering);
    }

    private void decide(List<Candidate> candidates) throws ServiceException {
        Map<IpAddress, Candidate> first = new HashMap<>();
        List<Candidate> possible = new ArrayList<>();
        for (Candidate one : candidates) {
            Candidate before = first.putIfAbsent(one.lease().address(), one);
            if (before != null) {
                String other = before.lease().source().name();
                note(one, Adoption.refused("'" + other + "' has leased it, too; say with --from which one is right"));
            } else if (one.binding() == null) {
                note(one, Adoption.refused("nobody told who has it: neither hardware address nor client identifier"));
            } else {
                possible.add(one);
            }
        }
        for (int at = 0; at < possible.size(); at += AT_ONCE) {
            part(possible.subList(at, Math.min(possible.size(), at + AT_ONCE)));
        }
    }

    private void part(List<Candidate> part) throws ServiceException {
        List<Adoption> adoptions = service.askLasting((engine, nowMs) -> {
            List<Adoption> all = new ArrayList<>(part.size());
            List<BindingChange> changes = new ArrayList<>();
            for (Candidate one : part) {
                boolean endIsKnown = one.lease().fact().expiry().kind() != Expiry.Kind.UNKNOWN;
                Adoption adoption =
                        engine.adopt(new Adoptable(Objects.requireNonNull(one.binding()), endIsKnown), enter, nowMs);
                all.add(adoption);
                if (adoption.change() != null) {
                    changes.add(adoption.change());
                }
            }
            return new Answering.Answer<>(changes, all);
        });
        for (int i = 0; i < part.size(); i++) {
            note(part.get(i), adoptions.get(i));
        }
    }

    private void note(Candidate candidate, Adoption adoption) {
        counts.merge(adoption.kind(), 1L, Long::sum);
        boolean isRefused = adoption.kind() == Adoption.Kind.REFUSED;
        List<TakeoverView.Item> list = isRefused ? refused : taken;
        if (list.size() < MAX_LISTED) {
            list.add(item(candidate.lease(), adoption));
        }
    }

    private static TakeoverView.Item item(Lease lease, Adoption adoption) {
        ClientId client = lease.fact().clientId();
        boolean ends = adoption.endsAtMs() != Binding.NEVER && adoption.endsAtMs() != 0;
        return new TakeoverView.Item(
                lease.address().toString(),
                lease.mac() == null ? null : lease.mac().toString(),
                client == null ? null : client.toString(),
                lease.fact().hostname(),
                lease.source().name(),
                adoption.kind().text(),
                adoption.reason().isEmpty() ? null : adoption.reason(),
                ends ? Instant.ofEpochMilli(adoption.endsAtMs()) : null);
    }

    private TakeoverView view(long v6, Mode mode, List<String> from, List<String> answering) {
        List<TakeoverView.Item> listed = new ArrayList<>(refused);
        listed.addAll(taken.subList(0, Math.min(taken.size(), MAX_LISTED - refused.size())));
        if (refused.size() + taken.size() <= MAX_LISTED) {
            listed.sort((a, b) -> address(a).compareTo(address(b)));
        }
        return new TakeoverView(
                enter,
                text(mode),
                from,
                count(Adoption.Kind.ADOPTED),
                count(Adoption.Kind.EXTENDED),
                count(Adoption.Kind.KNOWN),
                count(Adoption.Kind.REFUSED),
                v6,
                listed,
                answering,
                TakeoverSteps.next(
                        mode, enter, count(Adoption.Kind.ADOPTED) + count(Adoption.Kind.EXTENDED), answering));
    }

    private static IpAddress address(TakeoverView.Item item) {
        return IpAddress.parse(item.address()).orElseThrow();
    }

    private static String text(Mode mode) {
        return mode.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    private long count(Adoption.Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }
}
