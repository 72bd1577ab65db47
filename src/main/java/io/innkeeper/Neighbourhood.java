package io.innkeeper;

import io.innkeeper.api.http.Dhcp4Desk;
import io.innkeeper.api.http.MapRoutes;
import io.innkeeper.api.http.Route;
import io.innkeeper.api.http.SystemRoutes;
import io.innkeeper.api.http.WakeRoutes;
import io.innkeeper.desk.HostNameForecast;
import io.innkeeper.io.LocalBroadcast;
import io.innkeeper.io.LocalNetworks;
import io.innkeeper.wire.net.Prefix;
import java.util.ArrayList;
import java.util.List;

/** What the API can say and do in the networks that this machine is in. */
final class Neighbourhood {
    private Neighbourhood() {}

    static List<Route> routes(Heart heart, Dhcp4Desk dhcp4) {
        LocalBroadcast broadcast = new LocalBroadcast(LocalNetworks::read);
        List<Route> routes = new ArrayList<>();
        routes.addAll(new WakeRoutes(heart.devices, broadcast::send, heart.audit, heart.clock).routes());
        routes.addAll(new MapRoutes(heart.map, heart.reservations, dhcp4, () -> local(LocalNetworks.read())).routes());
        HostNameForecast forecast =
                new HostNameForecast(heart.names, heart.devices, heart.naming, heart.vendors::vendorOf, heart.clock);
        routes.addAll(new SystemRoutes(heart.names, forecast, heart.desk, heart.audit, heart.clock).routes());
        return routes;
    }

    private static List<MapRoutes.Local> local(LocalNetworks networks) {
        return networks.byIndex().values().stream()
                .filter(each -> !each.loopback())
                .flatMap(each -> each.addresses().stream())
                .filter(each -> !each.address().v6())
                .map(each -> new MapRoutes.Local(each.address(), new Prefix(each.address(), each.prefixLength())))
                .toList();
    }
}
