package io.innkeeper.desk;

import io.innkeeper.lease.Allocation;
import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.lease.Expiry;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.lease.Traits;
import io.innkeeper.wire.dhcp4.Ja4d;
import io.innkeeper.wire.dhcp4.RelayInfo;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Octets;
import io.innkeeper.wire.net.Prefix;
import io.innkeeper.wire.net.PrintableText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Bindings of our own server ⇄ leases as the store and its users know them. Pure. */
public final class OwnLeases {
    private static final String VENDOR_CLASS = "vendorClass";
    private static final String USER_CLASS = "userClass";
    private static final String PARAMETERS = "parameterRequestList";
    private static final String JA4D = "ja4d";
    private static final String CIRCUIT_ID = "circuitId";
    private static final String REMOTE_ID = "remoteId";

    private final Function<IpAddress, @Nullable Prefix> subnetOf;

    /** @param subnetOf the configured subnet of an address, null where it has none any more */
    OwnLeases(Function<IpAddress, @Nullable Prefix> subnetOf) {
        this.subnetOf = subnetOf;
    }

    /**
     * The changes as the desk takes them. Of several renewals of one lease with nothing else between them only the last is
     * left: nobody needs to be told of ends that moved again before anybody could look.
     */
    List<OwnChange> changes(List<BindingChange> changes) {
        List<OwnChange> told = new ArrayList<>(changes.size());
        Map<Integer, BindingChange> following = new HashMap<>();
        for (BindingChange change : changes.reversed()) {
            BindingChange next = following.put(change.after().address(), change);
            if (next == null || !isRenewal(change) || !isRenewal(next) || !sameBinding(change, next)) {
                told.addLast(change(change));
            }
        }
        return told.reversed();
    }

    private static boolean isRenewal(BindingChange change) {
        return change.kind() == BindingChange.Kind.RENEWED;
    }

    private static boolean sameBinding(BindingChange one, BindingChange other) {
        return one.after().startedAtMs() == other.after().startedAtMs()
                && one.after().client().equals(other.after().client());
    }

    OwnChange change(BindingChange change) {
        Binding binding = change.after();
        return new OwnChange(
                fact(binding),
                binding.state(),
                isRenewal(change),
                Instant.ofEpochMilli(binding.startedAtMs()),
                Instant.ofEpochMilli(change.atMs()));
    }

    private LeaseFact fact(Binding binding) {
        IpAddress address = IpAddress.v4(binding.address());
        boolean infinite = binding.endsAtMs() == Binding.NEVER;
        Expiry expiry = infinite
                ? Expiry.INFINITE
                : new Expiry(
                        Expiry.Kind.AT,
                        Instant.ofEpochMilli(binding.endsAtMs()),
                        Duration.ofSeconds(binding.lifetimeS()));
        return new LeaseFact(
                address,
                binding.mac(),
                binding.clientIdSent() ? binding.client() : null,
                binding.hostname(),
                expiry,
                null,
                false,
                binding.fixed() ? Allocation.STATIC : Allocation.DYNAMIC,
                null,
                subnetOf.apply(address),
                details(binding));
    }

    private static Map<String, String> details(Binding binding) {
        Map<String, String> details = new LinkedHashMap<>();
        Traits traits = binding.traits();
        put(details, VENDOR_CLASS, traits.vendorClass());
        put(details, USER_CLASS, traits.userClass());
        put(details, PARAMETERS, decimal(traits.parameterRequestList()));
        new Ja4d(traits.form(), traits.parameterRequestList()).text().ifPresent(ja4d -> details.put(JA4D, ja4d));
        if (binding.relayInfo() != null) {
            RelayInfo relay = RelayInfo.parse(binding.relayInfo().toArray());
            put(details, CIRCUIT_ID, text(relay.circuitId()));
            put(details, REMOTE_ID, text(relay.remoteId()));
        }
        return details;
    }

    private static void put(Map<String, String> details, String name, @Nullable String value) {
        if (value != null) {
            details.put(name, value);
        }
    }

    private static @Nullable String decimal(Octets octets) {
        if (octets.length() == 0) {
            return null;
        }
        StringBuilder list = new StringBuilder(4 * octets.length());
        for (int i = 0; i < octets.length(); i++) {
            list.append(i == 0 ? "" : ",").append(octets.at(i));
        }
        return list.toString();
    }

    /** Relays write port names, or numbers in octets: what is no text is shown as hex. */
    private static @Nullable String text(@Nullable Octets octets) {
        if (octets == null) {
            return null;
        }
        for (int i = 0; i < octets.length(); i++) {
            if (octets.at(i) < 0x20 || octets.at(i) > 0x7e) {
                return octets.toString();
            }
        }
        return PrintableText.of(octets.toArray(), 0, octets.length());
    }

    /**
     * The bindings that leases in the store tell of, for a journal that begins anew: who has which address until when. What
     * relays said is not kept in the store.
     *
     * @param leases of our own server
     */
    public static List<Binding> bindings(List<Lease> leases) {
        return leases.stream()
                .filter(lease -> !lease.address().v6())
                .flatMap(lease -> binding(lease).stream())
                .toList();
    }

    private static Optional<Binding> binding(Lease lease) {
        LeaseFact fact = lease.fact();
        ClientId client = fact.clientId() != null ? fact.clientId() : client(fact.mac());
        if (client == null) {
            return Optional.empty();
        }
        Instant endsAt = fact.expiry().at();
        long startedAtMs = lease.startedAt().toEpochMilli();
        Duration lifetime = fact.expiry().lifetime();
        return Optional.of(new Binding(
                (int) lease.address().low(),
                client,
                fact.clientId() != null,
                fact.mac(),
                LeaseState.ACTIVE,
                fact.allocation() == Allocation.STATIC,
                startedAtMs,
                endsAt == null ? Binding.NEVER : endsAt.toEpochMilli(),
                lifetime != null
                        ? lifetime.toSeconds()
                        : endsAt == null
                                ? Binding.INFINITE_S
                                : Math.max(0, (endsAt.toEpochMilli() - startedAtMs) / 1_000),
                fact.hostname(),
                traits(fact.details()),
                null));
    }

    /** What identifies a client that sent no identifier: hardware type and address (RFC 2131 §4.2). */
    private static @Nullable ClientId client(@Nullable MacAddress mac) {
        if (mac == null) {
            return null;
        }
        byte[] octets = new byte[1 + mac.length()];
        octets[0] = (byte) mac.hardwareType();
        mac.copyTo(octets, 1);
        return ClientId.of(octets);
    }

    private static Traits traits(Map<String, String> details) {
        String parameters = details.get(PARAMETERS);
        Octets list = Octets.EMPTY;
        if (parameters != null) {
            String[] numbers = parameters.split(",", -1);
            byte[] octets = new byte[numbers.length];
            for (int i = 0; i < numbers.length; i++) {
                octets[i] = (byte) Integer.parseInt(numbers[i]);
            }
            list = Octets.of(octets);
        }
        String ja4d = details.get(JA4D);
        Octets form =
                ja4d == null ? Octets.EMPTY : Ja4d.parse(ja4d).map(Ja4d::form).orElse(Octets.EMPTY);
        Traits traits = new Traits(details.get(VENDOR_CLASS), details.get(USER_CLASS), list, form);
        return Objects.equals(traits, Traits.NONE) ? Traits.NONE : traits;
    }
}
