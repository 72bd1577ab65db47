package io.innkeeper.dns.block;

import io.innkeeper.config.DnsListForm;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.NameHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the lines that say something about a name, by reading the lists once more: for people who ask why, not for questions
 * of the network. A million lines take about half a second.
 */
public final class ListSearch {
    /** More lines of one list are not given. */
    public static final int MAX_FOUND = 20;

    /**
     * A line about a name.
     *
     * @param list what the list is called
     * @param line from 1
     * @param text the line, its beginning where it is long
     * @param effect what its rule does, where it applies
     */
    public record Found(String list, long line, String text, Effect effect) {}

    private final Path folder;

    /** @param folder where {@link ListBook} keeps copies */
    public ListSearch(Path folder) {
        this.folder = folder;
    }

    /**
     * Looks through a list.
     *
     * @param state of a snapshot; not the rules by hand
     * @throws IOException if its copy cannot be read
     */
    public List<Found> find(ListState state, DnsName name) throws IOException {
        Search search = new Search(state.name(), name);
        ListReader reader = new ListReader(state.form(), search);
        search.reader = reader;
        SetReader.pump(new KeptCopy(folder, state.source()).file(), reader);
        reader.finish();
        return search.found;
    }

    /** Looks through rules by hand. */
    public static List<Found> find(List<String> rules, DnsName name) {
        Search search = new Search("rules", name);
        ListReader reader = new ListReader(DnsListForm.ADBLOCK, search);
        search.reader = reader;
        byte[] text = (String.join("\n", rules) + "\n").getBytes(StandardCharsets.UTF_8);
        reader.read(text, 0, text.length);
        reader.finish();
        return search.found;
    }

    /** A sink that compares instead of keeping. */
    private static final class Search implements RuleSink {
        private final String list;
        private final List<Long> hashes = new ArrayList<>();
        private final NameCharacters text = new NameCharacters();
        private final List<Found> found = new ArrayList<>();
        private @Nullable ListReader reader;

        Search(String list, DnsName name) {
            this.list = list;
            for (DnsName at = name;
                    hashes.size() < name.labelCount();
                    at = at.parent().orElse(DnsName.ROOT)) {
                hashes.add(NameHash.of(at));
            }
            hashes.add(NameHash.ROOT);
            text.set(name.wire(), 0);
        }

        @Override
        public void policyZone() {
            // Each line is shown, also one that a more specific one overrules.
        }

        @Override
        public boolean name(long hash, Scope scope, Effect effect) {
            int at = hashes.indexOf(hash);
            if ((at == 0 && scope.self()) || (at > 0 && scope.below())) {
                add(effect);
            }
            return true;
        }

        @Override
        public boolean special(long hash, SpecialRule rule) {
            return name(hash, rule.scope(), rule.effect());
        }

        @Override
        public boolean pattern(SpecialRule rule) {
            text.allow(RuleSet.LOOKS);
            try {
                boolean fits = switch (rule.pattern()) {
                    case NamePattern.Glob glob -> glob.fits(text);
                    case NamePattern.Regex regex ->
                        regex.pattern().matcher(text).find();
                    case null -> false;
                };
                if (fits) {
                    add(rule.effect());
                }
            } catch (NameCharacters.GaveUp | StackOverflowError e) {
                // As in a rule set: given up is no match.
            }
            return true;
        }

        private void add(Effect effect) {
            if (found.size() < MAX_FOUND && reader != null) {
                found.add(new Found(list, reader.lineNumber(), reader.lineText(), effect));
            }
        }
    }
}
