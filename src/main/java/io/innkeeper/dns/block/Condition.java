package io.innkeeper.dns.block;

import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * When a rule applies: {@code $client} and {@code $dnstype}. Of each, where there are values, one must fit; and none of those
 * with a {@code ~}.
 *
 * @param clients who asks
 * @param notClients who does not
 * @param types what is asked for
 * @param notTypes what is not
 */
public record Condition(
        List<ClientText> clients, List<ClientText> notClients, List<Integer> types, List<Integer> notTypes) {
    /** Always. */
    static final Condition ALWAYS = new Condition(List.of(), List.of(), List.of(), List.of());

    /** Copies the lists. */
    public Condition {
        clients = List.copyOf(clients);
        notClients = List.copyOf(notClients);
        types = List.copyOf(types);
        notTypes = List.copyOf(notTypes);
    }

    /** One way to name clients. */
    sealed interface ClientText {
        boolean fits(BlockClient client);

        /** By address. */
        record Network(Prefix prefix) implements ClientText {
            @Override
            public boolean fits(BlockClient client) {
                return prefix.contains(client.address());
            }
        }

        /** By hardware address. */
        record Hardware(MacAddress mac) implements ClientText {
            @Override
            public boolean fits(BlockClient client) {
                MacAddress theirs = client.mac();
                return theirs != null && mac.equals(theirs);
            }
        }

        /** By the name of the device or of its group. */
        record Name(String name) implements ClientText {
            @Override
            public boolean fits(BlockClient client) {
                return name.equalsIgnoreCase(client.name()) || name.equalsIgnoreCase(client.group());
            }
        }
    }

    boolean always() {
        return clients.isEmpty() && notClients.isEmpty() && types.isEmpty() && notTypes.isEmpty();
    }

    /**
     * Whether the rule applies.
     *
     * @param type what is asked for, see {@link RecordType}
     */
    boolean applies(int type, BlockClient client) {
        return (types.isEmpty() || has(types, type))
                && !has(notTypes, type)
                && (clients.isEmpty() || anyFits(clients, client))
                && !anyFits(notClients, client);
    }

    // Loops by index: streams and iterators would allocate, and this is asked for each question that a rule names.
    private static boolean has(List<Integer> types, int type) {
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i) == type) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyFits(List<ClientText> clients, BlockClient client) {
        for (int i = 0; i < clients.size(); i++) {
            if (clients.get(i).fits(client)) {
                return true;
            }
        }
        return false;
    }

    /** With the values of {@code $client=}: addresses, networks, MAC addresses, names in quotes or not, between {@code |}. */
    Optional<Condition> withClients(String values) {
        List<ClientText> yes = new ArrayList<>(clients);
        List<ClientText> no = new ArrayList<>(notClients);
        for (String value : AdblockText.split(values, '|')) {
            boolean not = value.startsWith("~");
            String name = AdblockText.unquoted(not ? value.substring(1) : value);
            if (name.isEmpty()) {
                return Optional.empty();
            }
            (not ? no : yes).add(client(name));
        }
        return Optional.of(new Condition(yes, no, types, notTypes));
    }

    private static ClientText client(String text) {
        Optional<Prefix> prefix = Prefix.parse(text);
        if (prefix.isPresent()) {
            return new ClientText.Network(prefix.get());
        }
        Optional<MacAddress> mac = MacAddress.parse(text).filter(MacAddress::isEthernet);
        return mac.isPresent() ? new ClientText.Hardware(mac.get()) : new ClientText.Name(text);
    }

    /** With the values of {@code $dnstype=}: types of records between {@code |}. */
    Optional<Condition> withTypes(String values) {
        List<Integer> yes = new ArrayList<>(types);
        List<Integer> no = new ArrayList<>(notTypes);
        for (String value : AdblockText.split(values, '|')) {
            boolean not = value.startsWith("~");
            OptionalInt type = RecordType.parse((not ? value.substring(1) : value).toUpperCase(Locale.ROOT));
            if (type.isEmpty()) {
                return Optional.empty();
            }
            (not ? no : yes).add(type.getAsInt());
        }
        return Optional.of(new Condition(clients, notClients, yes, no));
    }
}
