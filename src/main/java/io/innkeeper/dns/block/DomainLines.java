package io.innkeeper.dns.block;

/**
 * A name a line, which stands for itself and all below it; {@code *.name} and {@code .name} mean the same. Behind {@code #} is
 * a comment.
 */
final class DomainLines implements LineForm {
    private final NameScan scan;
    private final LineTaker taker;

    DomainLines(NameScan scan, LineTaker taker) {
        this.scan = scan;
        this.taker = taker;
    }

    @Override
    public void line(byte[] bytes, int from, int to) {
        if (bytes[from] == '#' || bytes[from] == '!') {
            return;
        }
        int end = HostsLines.tokenEnd(bytes, from, to);
        int behind = HostsLines.skipBlanks(bytes, end, to);
        int start = start(bytes, from, end);
        boolean alone = behind == to || bytes[behind] == '#';
        if (alone && scan.read(bytes, start, end)) {
            taker.name(scan.hash(), Scope.TREE, Effect.BLOCK);
        } else {
            taker.reject(alone ? scan.reason() : RejectReason.NOT_A_NAME);
        }
    }

    private static int start(byte[] bytes, int from, int end) {
        if (end - from > 2 && bytes[from] == '*' && bytes[from + 1] == '.') {
            return from + 2;
        }
        return end - from > 1 && bytes[from] == '.' ? from + 1 : from;
    }
}
