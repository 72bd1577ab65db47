package io.innkeeper.dns;

import io.innkeeper.wire.dns.QueryView;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says who asks: the client, its device, its policy, and whether it has shown that it is where it says. */
final class Visitors {
    private final Clients clients = new Clients();
    private final Map<IpAddress, MacAddress> devices = new HashMap<>();
    private final Cookies cookies;
    private DnsPlan plan;
    private long[] listsOn;
    private long version = 1;

    Visitors(DnsPlan plan, Cookies cookies) {
        this.plan = plan;
        this.cookies = cookies;
        this.listsOn = new long[plan.groups().size() + 1];
    }

    void plan(DnsPlan next) {
        plan = next;
        listsOn = Arrays.copyOf(listsOn, next.groups().size() + 1);
        version++;
    }

    /** @param lists for each group, and at the end for devices in none, a bit for each list that counts now */
    void lists(long[] lists) {
        listsOn = Arrays.copyOf(lists, plan.groups().size() + 1);
        version++;
    }

    /** Which device has an address; null for one that nobody knows. */
    void device(IpAddress address, @Nullable MacAddress mac) {
        MacAddress before = mac == null ? devices.remove(address) : devices.put(address, mac);
        if (!Objects.equals(mac, before)) {
            clients.forget(address);
        }
    }

    void identify(Ask ask, long high, long low) {
        Client client = clients.of(high, low, ask.nowMs);
        if (client.version != version) {
            learn(client);
        }
        ask.client(client, client.policies[ask.listener]);
    }

    private void learn(Client client) {
        IpAddress address = client.address();
        client.version = version;
        client.device = devices.get(address);
        client.allowed = plan.allows(address);
        int group = plan.group(address, client.device);
        long lists = listsOn[group < 0 ? plan.groups().size() : group];
        client.policies = new Policy[plan.listeners().size()];
        for (int listener = 0; listener < client.policies.length; listener++) {
            client.policies[listener] = plan.policy(group, listener, lists);
        }
    }

    /** Looks at the cookie, and makes ours. */
    void cookie(Ask ask) {
        QueryView query = ask.query;
        if (query.cookieLength() == 0) {
            return;
        }
        Client client = ask.client();
        long nowS = ask.nowMs / 1000;
        boolean good =
                cookies.isGood(query.bytes(), query.cookieAt(), query.cookieLength(), client.high, client.low, nowS);
        ask.trusted |= good;
        ask.hasCookie = true;
        if (good && !cookies.isOld(query.bytes(), query.cookieAt(), nowS)) {
            System.arraycopy(query.bytes(), query.cookieAt(), ask.cookie, 0, Cookies.WHOLE);
        } else {
            cookies.write(query.bytes(), query.cookieAt(), client.high, client.low, nowS, ask.cookie);
        }
    }

    /** How many addresses asked lately. */
    int count() {
        return clients.count();
    }
}
