package io.innkeeper.wire.dnsmasq.log;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The names of months as {@code strftime("%b")} of glibc writes them, which journalctl uses. The names of a line are three words long at
 * most and lower case here. Croatian is left out, for its July is the August of Czech.
 */
final class MonthNames {
    /** Twelve names a language; some give a name that another gives too, always of the same month. */
    private static final String[] LANGUAGES = {
        // en, de, fr, es, it, nl, pt
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "jan feb mär apr mai jun jul aug sep okt nov dez",
        "janv févr mars avril mai juin juil août sept oct nov déc",
        "ene feb mar abr may jun jul ago sep oct nov dic",
        "gen feb mar apr mag giu lug ago set ott nov dic",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
        "jan fev mar abr mai jun jul ago set out nov dez",
        // pl, ru, uk, bg, sr, el
        "sty lut mar kwi maj cze lip sie wrz paź lis gru",
        "янв фев мар апр мая июн июл авг сен окт ноя дек",
        "янв фев мар апр май июн июл авг сен окт ноя дек",
        "січ лют бер кві тра чер лип сер вер жов лис гру",
        "яну фев мар апр май юни юли авг сеп окт ное дек",
        "јан феб мар апр мај јун јул авг сеп окт нов дец",
        "ιαν φεβ μαρ απρ μαΐ ιουν ιουλ αυγ σεπ οκτ νοε δεκ",
        // sv and da, nb, fi, cs, sk, hu, tr, ro, ca
        "jan feb mar apr maj jun jul aug sep okt nov dec",
        "jan feb mars april mai juni juli aug sep okt nov des",
        "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
        "led úno bře dub kvě čen čec srp zář říj lis pro",
        "jan feb mar apr máj jún júl aug sep okt nov dec",
        "jan febr márc ápr máj jún júl aug szept okt nov dec",
        "oca şub mar nis may haz tem ağu eyl eki kas ara",
        "ian feb mar apr mai iun iul aug sep oct noi dec",
        "gen febr març d’abr maig juny jul d’ag set d’oct nov des",
        // sl, et, lv, lt, id
        "jan feb mar apr maj jun jul avg sep okt nov dec",
        "jaan veebr märts apr mai juuni juuli aug sept okt nov dets",
        "jan feb mar apr mai jūn jūl aug sep okt nov dec",
        "saus vas kov bal geg birž liep rugp rugs spal lapkr gruod",
        "jan feb mar apr mei jun jul agu sep okt nov des",
    };

    private static final Map<String, Integer> NUMBERS = numbers();

    private MonthNames() {}

    private static Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new HashMap<>();
        for (String language : LANGUAGES) {
            String[] names = language.split(" ", -1);
            for (int i = 0; i < names.length; i++) {
                Integer before = numbers.put(names[i], i + 1);
                if (names.length != 12 || (before != null && before != i + 1)) {
                    throw new IllegalStateException("two months have the name " + names[i]);
                }
            }
        }
        return Map.copyOf(numbers);
    }

    /** The month, 1 to 12, by its name in any language, with or without a dot at its end, or as {@code 11月}; -1 for no month. */
    static int number(String name) {
        String word = name.toLowerCase(Locale.ROOT);
        word = word.endsWith(".") ? word.substring(0, word.length() - 1) : word;
        Integer number = NUMBERS.get(word);
        if (number != null) {
            return number;
        }
        boolean counted = word.endsWith("月") || word.endsWith("월");
        String digits = counted ? word.substring(0, word.length() - 1) : word;
        boolean plain =
                digits.length() <= 2 && !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int value = plain ? Integer.parseInt(digits) : -1;
        return value >= 1 && value <= 12 ? value : -1;
    }
}
