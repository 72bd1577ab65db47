package io.innkeeper.api.http;

import io.innkeeper.desk.InstallationDesk;
import io.innkeeper.store.Audit;
import io.innkeeper.store.Installations;
import io.innkeeper.view.InstallationView;
import io.innkeeper.view.Json;
import io.innkeeper.wire.net.MacAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Systems that are marked for installation. */
public final class InstallationRoutes {
    private static final List<String> STATES =
            List.of(InstallationView.MARKED, InstallationView.SERVED, InstallationView.ENDED);
    private static final int MAX_WHY = 200;

    /**
     * A mark.
     *
     * @param mac the hardware address of the system, whether it was seen before or not
     * @param profile what it boots; may be left out where there is one profile only
     */
    public record InstallationBody(String mac, @Nullable String profile) {}

    /**
     * A profile that systems can be marked with.
     *
     * @param name by which marks name it
     * @param boots what it has: {@code bios}, {@code efi-x64}, {@code http efi-x64}, {@code ipxe}
     * @param ends {@code after-served} or {@code confirmed}
     * @param hold for how long a system is told, in the first case, such as {@code 5m}
     */
    public record InstallProfileView(String name, List<String> boots, String ends, String hold) {
        /** Copies the list. */
        public InstallProfileView {
            boots = List.copyOf(boots);
        }
    }

    /**
     * The profiles of the configuration.
     *
     * @param items in its order
     */
    public record InstallProfilesView(List<InstallProfileView> items) {
        /** Copies the list. */
        public InstallProfilesView {
            items = List.copyOf(items);
        }
    }

    private final Installations installations;
    private final InstallationDesk desk;
    private final Supplier<List<InstallProfileView>> profiles;
    private final Supplier<String> snippet;
    private final Supplier<String> hosts;
    private final Audit audit;
    private final InstantSource clock;

    /**
     * Listing what the store holds, changing through the desk.
     *
     * @param profiles of the configuration as it is now
     * @param snippet lines for the configuration of a dnsmasq
     * @param hosts the file for a folder that a dnsmasq reads
     */
    public InstallationRoutes(
            Installations installations,
            InstallationDesk desk,
            Supplier<List<InstallProfileView>> profiles,
            Supplier<String> snippet,
            Supplier<String> hosts,
            Audit audit,
            InstantSource clock) {
        this.installations = installations;
        this.desk = desk;
        this.profiles = profiles;
        this.snippet = snippet;
        this.hosts = hosts;
        this.audit = audit;
        this.clock = clock;
    }

    /** The routes; those with names of their own before those of a system. */
    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/api/v1/installations",
                        "Systems that were marked for installation, newest first",
                        InstallationView.class,
                        List.of(
                                new Route.Parameter("mac", "of that system only"),
                                new Route.Parameter("state", "one of " + String.join(", ", STATES)),
                                Listing.sort(List.of("markedAt", "mac")),
                                Listing.LIMIT,
                                Listing.CURSOR),
                        this::list),
                Route.with(
                                "POST",
                                "/api/v1/installations",
                                "Marks a system: from now on it, and no other, is told to boot what the profile says",
                                InstallationBody.class,
                                InstallationView.class,
                                this::mark)
                        .answering(201),
                Route.get(
                        "/api/v1/installations/profiles",
                        "The profiles that systems can be marked with",
                        InstallProfilesView.class,
                        call -> Answer.json(new InstallProfilesView(profiles.get()))),
                Route.bare(
                        "GET",
                        "/api/v1/installations/dnsmasq.conf",
                        "Lines for the configuration of a dnsmasq that is to tell marked systems what to boot",
                        null,
                        call -> Answer.text("text/plain; charset=utf-8", snippet.get())),
                Route.bare(
                        "GET",
                        "/api/v1/installations/dnsmasq.hosts",
                        "The marks as a file for a folder that a dnsmasq reads by dhcp-hostsdir",
                        null,
                        call -> Answer.text("text/plain; charset=utf-8", hosts.get())),
                Route.get(
                        "/api/v1/installations/{mac}",
                        "How far the installation of a system is",
                        InstallationView.class,
                        call -> Answer.json(known(call))),
                Route.bare(
                        "DELETE",
                        "/api/v1/installations/{mac}",
                        "Takes the mark of a system away; answers how far it was",
                        InstallationView.class,
                        call -> end(call, "taken back")),
                Route.bare(
                        "POST",
                        "/api/v1/installations/{mac}/ended",
                        "The installer says that it is done: the system is told nothing any more. A body is not read,"
                                + " or says why: {\"why\": \"…\"}",
                        InstallationView.class,
                        call -> end(call, why(call))));
    }

    private Answer list(Call call) {
        String state = call.query(
                "state",
                "one of " + String.join(", ", STATES),
                text -> Optional.of(text).filter(STATES::contains));
        MacAddress mac = call.query("mac", "a hardware address", MacAddress::parse);
        return Listing.answer(installations.list(mac, state, Listing.paging(call)));
    }

    private Answer mark(Call call) {
        JsonNode body = JsonBody.object(call);
        MacAddress mac = mac("mac", body.path("mac").asString(""));
        String profile = body.path("profile").asString("");
        List<InstallProfileView> all = profiles.get();
        if (profile.isEmpty() && all.size() == 1) {
            profile = all.getFirst().name();
        }
        if (profile.isEmpty()) {
            throw new ProblemException(Problem.badRequest("profile", "is missing: " + choice(all)));
        }
        try {
            InstallationView mark = desk.mark(mac, profile, call.remoteAddress());
            note(call, mark.mac(), "marked: " + profile);
            return Answer.json(201, mark);
        } catch (InstallationDesk.NoProfileException e) {
            throw new ProblemException(Problem.badRequest("profile", e.getMessage() + "; " + choice(all)));
        }
    }

    private static String choice(List<InstallProfileView> all) {
        return all.isEmpty()
                ? "the configuration has none"
                : "one of "
                        + String.join(
                                ", ", all.stream().map(InstallProfileView::name).toList());
    }

    private InstallationView known(Call call) {
        MacAddress mac = mac("mac", call.path("mac"));
        return installations
                .find(mac)
                .orElseThrow(() -> new ProblemException(Problem.notFound(mac + " was never marked for installation")));
    }

    private Answer end(Call call, String why) {
        InstallationView before = known(call);
        InstallationView after =
                desk.end(mac("mac", before.mac()), why, call.remoteAddress()).orElse(before);
        if (before.runs()) {
            note(call, after.mac(), "ended: " + why);
        }
        return Answer.json(after);
    }

    private static String why(Call call) {
        byte[] body = call.contentType().equals("application/json") ? call.body() : new byte[0];
        if (body.length == 0) {
            return "the installer is done";
        }
        String why = JsonBody.object(body).path("why").asString("").replaceAll("\\p{Cntrl}", " ");
        return why.isBlank() ? "the installer is done" : why.substring(0, Math.min(MAX_WHY, why.length()));
    }

    private static MacAddress mac(String field, String text) {
        return MacAddress.parse(text)
                .filter(MacAddress::isEthernet)
                .orElseThrow(() -> new ProblemException(Problem.badRequest(field, "not an Ethernet address")));
    }

    private void note(Call call, String mac, String what) {
        audit.add(new Audit.Entry(
                clock.instant(), call.remoteAddress(), "installation", mac, Json.write(Map.of("did", what))));
    }
}
