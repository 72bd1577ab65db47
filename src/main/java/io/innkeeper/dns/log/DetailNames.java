package io.innkeeper.dns.log;

import java.util.List;

/** What the numbers of lists and upstreams mean. */
record DetailNames(List<String> lists, List<String> upstreams) {
    DetailNames {
        lists = lists.stream().map(DetailNames::bounded).toList();
        upstreams = upstreams.stream().map(DetailNames::bounded).toList();
    }

    private static String bounded(String name) {
        return name.length() <= BlockReader.MAX_DETAIL ? name : name.substring(0, BlockReader.MAX_DETAIL);
    }

    /** The name of a list for what is blocked, else of an upstream; nothing where the number means nothing. */
    String text(QueryStep step, int number) {
        List<String> names = step == QueryStep.BLOCKED ? lists : upstreams;
        return number < 0 || number >= names.size() ? "" : names.get(number);
    }
}
