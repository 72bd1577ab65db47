package io.innkeeper.store;

import io.innkeeper.device.naming.SystemName;
import io.innkeeper.view.SystemNameView;
import io.innkeeper.wire.net.MacAddress;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What systems are called. Safe for any thread. */
public final class SystemNames {
    private static final Map<String, SortOrder> ORDERS = Map.of(
            "name", new SortOrder("name", List.of("name"), List.of(SortOrder.Kind.TEXT)),
            "mac", new SortOrder("mac", List.of("mac"), List.of(SortOrder.Kind.TEXT)));

    /**
     * A system and what it is called.
     *
     * @param mac its identity
     * @param system what it is called
     */
    public record Named(String mac, SystemNameView system) {}

    private final Database database;

    /** On an open database. */
    public SystemNames(Database database) {
        this.database = database;
    }

    /** The names of the orders of the list. */
    public static List<String> orders() {
        return List.of("name", "mac");
    }

    /** What a system is called; empty where it has no name yet. */
    public Optional<SystemNameView> of(MacAddress mac) {
        return row(mac).map(SystemNameView::of);
    }

    /** The name of a system with all that is kept of it; empty where it has none yet. */
    public Optional<SystemName> row(MacAddress mac) {
        return rows(List.of(mac)).stream().findFirst();
    }

    /** The names of those of these systems that have one. */
    public List<SystemName> rows(Collection<MacAddress> systems) {
        return systems.isEmpty() ? List.of() : database.read(connection -> SystemNameRows.of(connection, systems));
    }

    /** The system that is called so, in whatever case; empty for none. */
    public Optional<MacAddress> byName(String name) {
        return database.read(connection -> new Select("*", "system_name")
                        .where("name = ?", name.toLowerCase(Locale.ROOT))
                        .list(connection, "name", 1, SystemNameRows::read)
                        .stream()
                        .findFirst()
                        .map(SystemName::mac));
    }

    /** Who is called so, in lower case, or has that name kept for it; empty for nobody. */
    public Optional<SystemName> holder(String name) {
        return holders(List.of(name)).stream().findFirst();
    }

    /** The systems that have one of these names, in lower case, or have it kept for them. */
    public List<SystemName> holders(Collection<String> names) {
        return names.isEmpty() ? List.of() : database.read(connection -> SystemNameRows.holders(connection, names));
    }

    /**
     * One page of the names, by {@code name} (the usual order) or {@code mac}.
     *
     * @param text found in the name or the wish; null for all
     * @throws BadQueryException if the order or the cursor is not one of this list
     */
    public Page<Named> list(@Nullable String text, Paging paging) {
        return database.read(connection -> {
            Select select = new Select("*", "system_name");
            if (text != null) {
                String pattern = Select.anywhere(text);
                select.where("name LIKE ? ESCAPE '\\' OR wanted LIKE ? ESCAPE '\\'", pattern, pattern);
            }
            return paging.run(
                    connection,
                    select,
                    ORDERS,
                    "name",
                    row -> {
                        SystemName name = SystemNameRows.read(row);
                        return new Named(name.mac().toString(), SystemNameView.of(name));
                    },
                    (order, named) -> List.of(
                            order.equals("mac") ? named.mac() : named.system().name()));
        });
    }

    /** All names, up to so many; for the desk at start. */
    public List<SystemName> all(int limit) {
        return database.read(
                connection -> new Select("*", "system_name").list(connection, "mac", limit, SystemNameRows::read));
    }
}
