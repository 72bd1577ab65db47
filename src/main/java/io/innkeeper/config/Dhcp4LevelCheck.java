package io.innkeeper.config;

import io.innkeeper.wire.dhcp4.OptionRegistry;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks what one level says to its clients: options by their types, and how the lifetimes fit together. */
final class Dhcp4LevelCheck {
    private final ConfigPlaces places;
    private final OptionRegistry registry;
    private final boolean optionsAreMissing;

    /** @param optionsAreMissing true where options of the user could not be read, so that names may be missing */
    Dhcp4LevelCheck(ConfigPlaces places, OptionRegistry registry, boolean optionsAreMissing) {
        this.places = places;
        this.registry = registry;
        this.optionsAreMissing = optionsAreMissing;
    }

    /**
     * Checks a level.
     *
     * @param path of the section that says it
     * @return what holds there
     */
    Dhcp4Lifetimes check(String path, Dhcp4Level level, Dhcp4Lifetimes weaker) {
        options(path + ".options", level.options());
        Dhcp4Lifetimes lifetimes = weaker.under(level);
        lifetimes(path, level, lifetimes);
        return lifetimes;
    }

    /** The values of an option at a level; null where it is not there, or wrong. */
    Dhcp4OptionValues.@Nullable Good option(Dhcp4Level level, int code) {
        return level.options().entrySet().stream()
                .map(entry -> Dhcp4OptionValues.read(registry, entry.getKey(), entry.getValue()))
                .filter(Dhcp4OptionValues.Good.class::isInstance)
                .map(Dhcp4OptionValues.Good.class::cast)
                .filter(good -> good.code() == code)
                .findFirst()
                .orElse(null);
    }

    private void options(String path, Map<String, Dhcp4Option> options) {
        Map<Integer, String> codes = new HashMap<>();
        options.forEach((key, option) -> {
            String full = path + "." + key;
            switch (Dhcp4OptionValues.read(registry, key, option)) {
                case Dhcp4OptionValues.Good good -> {
                    String before = codes.putIfAbsent(good.code(), key);
                    if (before != null) {
                        places.error(full, "is option " + good.code() + ", which '" + before + "' gives already");
                    }
                }
                case Dhcp4OptionValues.Bad bad -> {
                    if (!(optionsAreMissing && bad.what() == Dhcp4OptionValues.Part.NAME) && !places.isWrong(full)) {
                        places.error(full, bad.message(), bad.suggestion());
                    }
                }
            }
        });
    }

    private void lifetimes(String path, Dhcp4Level level, Dhcp4Lifetimes all) {
        Lifetime min = level.minLifetime();
        Lifetime max = level.maxLifetime();
        if (min != null && max != null && min.compareTo(max) > 0) {
            places.error(path + ".min-lifetime", min + " is longer than max-lifetime, " + max);
        } else if (min != null && min.compareTo(all.usual()) > 0) {
            places.error(path + ".min-lifetime", min + " is longer than the lifetime, " + all.usual());
        } else if (max != null && max.compareTo(all.usual()) < 0) {
            places.error(path + ".max-lifetime", max + " is shorter than the lifetime, " + all.usual());
        }
        shorter(path + ".renew-after", level.renewAfter(), "the lifetime", all.usual());
        shorter(path + ".rebind-after", level.rebindAfter(), "the lifetime", all.usual());
        boolean both = level.renewAfter() != null || level.rebindAfter() != null;
        if (both && all.renew() != null && all.rebind() != null && all.renew().compareTo(all.rebind()) >= 0) {
            String key = level.renewAfter() != null ? "renew-after" : "rebind-after";
            places.error(
                    path + "." + key, "renew-after, " + all.renew() + ", must be before rebind-after, " + all.rebind());
        }
    }

    private void shorter(String path, @Nullable Lifetime time, String of, Lifetime usual) {
        if (time != null && time.compareTo(usual) >= 0) {
            places.error(path, time + " is not shorter than " + of + ", " + usual);
        }
    }
}
