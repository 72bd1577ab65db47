package io.innkeeper.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What our rules need of a Markdown page: its fenced blocks and its links. */
final class Markdown {
    private static final Pattern FENCE = Pattern.compile("^\\s*(`{3,})\\s*(.*?)\\s*$");
    private static final Pattern LINK = Pattern.compile("!?\\[[^\\]]*\\]\\(([^)\\s]+)(?:\\s+\"[^\"]*\")?\\)");
    private static final Pattern CODE = Pattern.compile("`[^`\\n]*`");

    /** A fenced block: the line of its first fence, the words behind that fence, the text between the fences. */
    record Block(int line, String info, String text) {}

    private Markdown() {}

    /** The fenced blocks of a page. */
    static List<Block> blocks(String page) {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = page.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (fence.matches()) {
                int end = i + 1;
                while (end < lines.size() && !lines.get(end).strip().equals(fence.group(1))) {
                    end++;
                }
                String text =
                        String.join("\n", lines.subList(Math.min(i + 1, lines.size()), Math.min(end, lines.size())));
                blocks.add(new Block(i + 1, fence.group(2), text + "\n"));
                i = end;
            }
        }
        return blocks;
    }

    /** The targets of the links to files, without those to other sites and inside the page. */
    static List<String> links(String page) {
        String text = page;
        for (Block block : blocks(page)) {
            text = text.replace(block.text(), "\n");
        }
        return LINK.matcher(CODE.matcher(text).replaceAll("code"))
                .results()
                .map(found -> found.group(1))
                .filter(target -> !target.matches("[a-z]+:.*|#.*"))
                .map(target -> target.replaceFirst("#.*", ""))
                .toList();
    }
}
