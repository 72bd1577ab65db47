package io.innkeeper.dhcp;

import io.innkeeper.lease.Binding;
import io.innkeeper.view.ExplanationView;
import io.innkeeper.wire.dhcp4.OptionDefinition;
import io.innkeeper.wire.dhcp4.OptionRegistry;
import io.innkeeper.wire.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Explanations as JSON, and in sentences for people. */
final class ExplanationViews {
    private ExplanationViews() {}

    static ExplanationView of(Explanation.Question question, Explanation found, OptionRegistry registry) {
        boolean infinite = found.lifetimeS() == Binding.INFINITE_S;
        Layer.Boot boot = found.boot();
        return new ExplanationView(
                question.mac().toString(),
                question.clientId() == null ? null : question.clientId().toString(),
                found.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                sentences(question, found),
                found.access(),
                found.network(),
                found.subnet(),
                found.pool(),
                found.reservation(),
                text(found.address()),
                found.why(),
                found.probed(),
                found.classes(),
                infinite ? null : found.lifetimeS(),
                found.renewS(),
                found.rebindS(),
                found.lifetimeWhere(),
                boot == null
                        ? null
                        : new ExplanationView.Boot(
                                text(boot.nextServer()), boot.serverName(), boot.file(), boot.where()),
                found.options().stream().map(entry -> option(entry, registry)).toList());
    }

    private static @Nullable String text(int address) {
        return address == 0 ? null : IpAddress.v4(address).toString();
    }

    private static ExplanationView.OptionView option(OptionEntry entry, OptionRegistry registry) {
        OptionDefinition definition = registry.definition(entry.code());
        return new ExplanationView.OptionView(
                entry.code(),
                definition.name(),
                definition.type().decode(entry.value().toArray()),
                entry.value().toString(),
                entry.always(),
                entry.where());
    }

    private static List<String> sentences(Explanation.Question question, Explanation found) {
        List<String> sentences = new ArrayList<>();
        String who = question.mac().toString();
        sentences.add(
                switch (found.verdict()) {
                    case OFFERED -> who + " gets " + text(found.address()) + ": " + found.why() + ".";
                    case DENIED -> who + " is not answered: " + found.why() + ".";
                    case PASSED_ON -> who + " is handed on to another server: " + found.why() + ".";
                    default -> who + " gets no address: " + found.why() + ".";
                });
        if (found.verdict() == Outcome.Verdict.OFFERED) {
            sentences.add("It may ask because " + found.access() + ".");
            if (found.probed()) {
                sentences.add("First it is found out whether somebody uses the address.");
            }
            sentences.add(
                    found.lifetimeS() == Binding.INFINITE_S
                            ? "The lease never ends: " + found.lifetimeWhere() + "."
                            : "The lease runs for " + length(found.lifetimeS()) + ", renewed after "
                                    + length(found.renewS()) + ": " + found.lifetimeWhere() + ".");
        }
        if (!found.classes().isEmpty()) {
            sentences.add("It is in the classes " + String.join(", ", found.classes()) + ".");
        }
        return sentences;
    }

    private static String length(long seconds) {
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
