package io.innkeeper.dhcp;

import io.innkeeper.config.Dhcp4Access;
import io.innkeeper.config.Dhcp4Exception;
import io.innkeeper.config.Dhcp4Match;
import io.innkeeper.config.Dhcp4Otherwise;
import io.innkeeper.config.OctetText;
import io.innkeeper.wire.net.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes access rules of those of the configuration. */
final class PlanAccess {
    private final UnaryOperator<String> where;

    /** @param where from the key of a rule to the line it comes from */
    PlanAccess(UnaryOperator<String> where) {
        this.where = where;
    }

    /** The rules of a section; those of the API go before its own exceptions, since somebody made them just now. */
    Plan.Access access(String path, @Nullable Dhcp4Access access, List<OwnException> own) {
        if (access == null) {
            return Plan.Access.EVERYBODY;
        }
        List<Plan.TimedRule> exceptions = new ArrayList<>();
        own.forEach(one -> exceptions.add(new Plan.TimedRule(one.match(), one.allow(), one.untilMs(), "API")));
        for (int i = 0; i < access.exceptions().size(); i++) {
            Dhcp4Exception one = access.exceptions().get(i);
            exceptions.add(new Plan.TimedRule(
                    match(one.match()),
                    one.allow(),
                    one.until().toEpochMilli(),
                    where.apply(path + ".exceptions[" + i + "]")));
        }
        return new Plan.Access(
                exceptions,
                rules(path + ".deny", access.deny()),
                rules(path + ".pass-through", access.passThrough()),
                rules(path + ".allow", access.allow()),
                access.allowReserved(),
                access.otherwise() == Dhcp4Otherwise.PASS_THROUGH,
                Plan.RandomMacs.valueOf(access.randomMacs().name()));
    }

    private List<Plan.Rule> rules(String path, List<Dhcp4Match> matches) {
        List<Plan.Rule> rules = new ArrayList<>();
        for (int i = 0; i < matches.size(); i++) {
            rules.add(new Plan.Rule(match(matches.get(i)), where.apply(path + "[" + i + "]")));
        }
        return rules;
    }

    static Match match(Dhcp4Match match) {
        return new Match(
                match.mac().stream()
                        .map(mac -> new MacPattern(mac.bits(), mac.mask()))
                        .toList(),
                match.vendorClass(),
                match.userClass(),
                octets(match.clientId()),
                match.hostname(),
                octets(match.circuitId()),
                octets(match.remoteId()),
                match.relay().stream().map(PlanLayers::bits).toList(),
                match.architecture(),
                match.vendor(),
                match.random());
    }

    static @Nullable Octets octets(@Nullable OctetText text) {
        return text == null ? null : text.octets();
    }
}
