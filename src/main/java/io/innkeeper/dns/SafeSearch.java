package io.innkeeper.dns;

import io.innkeeper.config.DnsSafeSearch;
import io.innkeeper.wire.dns.DnsName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which names of search engines are pinned to which others, as the engines tell on their pages for administrators. */
final class SafeSearch {
    private static final List<String> GOOGLE = List.of(
            "com", "ad", "ae", "al", "am", "as", "at", "az", "ba", "be", "bf", "bg", "bi", "bj", "bs", "bt", "by", "ca",
            "cat", "cd", "cf", "cg", "ch", "ci", "cl", "cm", "cn", "co.ao", "co.bw", "co.ck", "co.cr", "co.id", "co.il",
            "co.in", "co.jp", "co.ke", "co.kr", "co.ls", "co.ma", "co.mz", "co.nz", "co.th", "co.tz", "co.ug", "co.uk",
            "co.uz", "co.ve", "co.vi", "co.za", "co.zm", "co.zw", "com.af", "com.ag", "com.ar", "com.au", "com.bd",
            "com.bh", "com.bn", "com.bo", "com.br", "com.bz", "com.co", "com.cu", "com.cy", "com.do", "com.ec",
            "com.eg", "com.et", "com.fj", "com.gh", "com.gi", "com.gt", "com.hk", "com.jm", "com.kh", "com.kw",
            "com.lb", "com.ly", "com.mm", "com.mt", "com.mx", "com.my", "com.na", "com.ng", "com.ni", "com.np",
            "com.om", "com.pa", "com.pe", "com.pg", "com.ph", "com.pk", "com.pr", "com.py", "com.qa", "com.sa",
            "com.sb", "com.sg", "com.sl", "com.sv", "com.tj", "com.tr", "com.tw", "com.ua", "com.uy", "com.vc",
            "com.vn", "cv", "cz", "de", "dj", "dk", "dm", "dz", "ee", "es", "fi", "fm", "fr", "ga", "ge", "gg", "gl",
            "gm", "gr", "gy", "hn", "hr", "ht", "hu", "ie", "im", "iq", "is", "it", "je", "jo", "kg", "ki", "kz", "la",
            "li", "lk", "lt", "lu", "lv", "md", "me", "mg", "mk", "ml", "mn", "mu", "mv", "mw", "ne", "nl", "no", "nr",
            "nu", "pl", "pn", "ps", "pt", "ro", "rs", "ru", "rw", "sc", "se", "sh", "si", "sk", "sm", "sn", "so", "sr",
            "st", "td", "tg", "tl", "tm", "tn", "to", "tt", "vu", "ws");

    private SafeSearch() {}

    /** The rules of all engines; each counts for those whose policy pins the engine. */
    static List<Rewrite> rules() {
        List<Rewrite> rules = new ArrayList<>();
        for (String domain : GOOGLE) {
            add(rules, DnsSafeSearch.GOOGLE, "forcesafesearch.google.com", "www.google." + domain, "google." + domain);
        }
        add(rules, DnsSafeSearch.BING, "strict.bing.com", "www.bing.com", "bing.com");
        add(
                rules,
                DnsSafeSearch.DUCKDUCKGO,
                "safe.duckduckgo.com",
                "duckduckgo.com",
                "www.duckduckgo.com",
                "start.duckduckgo.com");
        add(
                rules,
                DnsSafeSearch.YOUTUBE,
                "restrict.youtube.com",
                "www.youtube.com",
                "m.youtube.com",
                "youtubei.googleapis.com",
                "youtube.googleapis.com",
                "www.youtube-nocookie.com");
        add(
                rules,
                DnsSafeSearch.YANDEX,
                "familysearch.yandex.ru",
                "yandex.com",
                "www.yandex.com",
                "yandex.ru",
                "www.yandex.ru");
        add(rules, DnsSafeSearch.PIXABAY, "safesearch.pixabay.com", "pixabay.com");
        return rules;
    }

    private static void add(List<Rewrite> rules, DnsSafeSearch engine, String target, String... names) {
        for (String name : names) {
            rules.add(new Rewrite(DnsName.of(name), false, List.of(), DnsName.of(target), Set.of(), Set.of(), engine));
        }
    }
}
