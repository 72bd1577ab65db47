package io.innkeeper.dns.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.property.Property;
import io.innkeeper.property.Samples;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any search finds what one finds that looks at each row, page by page, before and after a restart, and after forgetting. */
class QuerySearchPropertyTest {
    private static final List<IpAddress> CLIENTS = List.of(
            LogKit.client(1), LogKit.client(2), IpAddress.parse("2001:db8::1").orElseThrow());
    private static final List<MacAddress> DEVICES =
            List.of(LogKit.PHONE, LogKit.LAPTOP, MacAddress.of(32, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));
    private static final List<String> LABELS = List.of("www", "a", "example", "shop", "com", "x\\.y", "sho");

    @TempDir
    Path folder = Path.of("");

    @Test
    void findsWhatANaiveFilterFinds() {
        Property.check(25, samples -> {
            try {
                new Run(samples, folder.resolve(Integer.toString(samples.below(1 << 30)))).go();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** One log, and the same rows in a list, the newest first. */
    private static final class Run {
        private final Samples samples;
        private final Path folder;
        private final List<QueryRow> naive = new ArrayList<>();
        private QueryStore store;
        private long nowMs = LogKit.START;

        Run(Samples samples, Path folder) throws IOException {
            this.samples = samples;
            this.folder = folder;
            store = new QueryStore(folder);
            store.open(LogKit.FULL, nowMs);
        }

        void go() throws IOException {
            for (int i = samples.below(12); i >= 0; i--) {
                fill(samples.oneIn(4) ? 3_000 : 40);
                step();
            }
            for (int i = 0; i < 30; i++) {
                check(filter());
            }
        }

        private void step() throws IOException {
            switch (samples.below(5)) {
                case 0 -> nowMs += 7_200_000;
                case 1 -> restart();
                case 2 -> forget();
                default -> nowMs += 1_000;
            }
            store.flush(LogKit.FULL, nowMs);
        }

        private void restart() throws IOException {
            store.flush(LogKit.FULL, nowMs);
            store = new QueryStore(folder);
            store.open(LogKit.FULL, nowMs);
        }

        private void forget() throws IOException {
            QueryFilter what = QueryFilter.newest(1).ofDevice(samples.pickOrNull(DEVICES));
            if (what.device() != null) {
                int before = naive.size();
                naive.removeIf(what::matches);
                assertThat(store.forget(what)).isEqualTo(before - naive.size());
            }
        }

        private void fill(int most) {
            List<QueryRow> rows = new ArrayList<>();
            for (int i = samples.below(most); i > 0; i--) {
                rows.add(row(store.nextSequence() + rows.size()));
            }
            store.add(rows);
            rows.forEach(naive::addFirst);
        }

        private QueryRow row(long sequence) {
            return new QueryRow(
                    sequence,
                    nowMs + samples.below(2_000) - 1_000,
                    samples.pickOrNull(CLIENTS),
                    samples.pickOrNull(DEVICES),
                    name(),
                    samples.pick(1, 28, 65_535),
                    samples.pick(0, 3, 23),
                    samples.pick(QueryStep.values()),
                    samples.pick("", "ads", "9.9.9.9", "größe"),
                    samples.pick(0, 5, 100_000, Integer.MAX_VALUE),
                    samples.below(4),
                    samples.below(5));
        }

        private DnsName name() {
            StringBuilder text = new StringBuilder();
            for (int i = samples.below(4); i >= 0; i--) {
                text.append(LABELS.get(samples.below(LABELS.size()))).append('.');
            }
            return DnsName.of(text.toString());
        }

        private QueryFilter filter() {
            return QueryFilter.newest(samples.pick(1, 3, 100, 5_000))
                    .between(oneInThree(instant()), oneInThree(instant()))
                    .ofDevice(oneInThree(samples.pickOrNull(DEVICES)))
                    .ofClient(oneInThree(samples.pickOrNull(CLIENTS)))
                    .withText(oneInThree(samples.pick("", "SHOP", "e.c", "\\.", "nowhere")))
                    .below(oneInThree(samples.oneIn(9) ? DnsName.ROOT : name()))
                    .answeredBy(oneInThree(samples.pick(QueryStep.values())))
                    .ofType(oneInThree(samples.pick(1, 65_535, 7)))
                    .withRcode(oneInThree(samples.pick(0, 3)));
        }

        private Instant instant() {
            long past = nowMs - LogKit.START + 3_000;
            return Instant.ofEpochMilli(LogKit.START - 1_500 + samples.below((int) Math.min(past, 1 << 30)));
        }

        private <T> @Nullable T oneInThree(@Nullable T value) {
            return samples.oneIn(3) ? value : null;
        }

        /** Not more than a few pages. */
        private void check(QueryFilter filter) {
            List<QueryRow> expected = naive.stream().filter(filter::matches).toList();
            QueryPage page = store.search(filter, nowMs);
            int from = 0;
            for (int pages = 0; pages < 4; pages++) {
                int to = Math.min(expected.size(), from + filter.limit());
                assertThat(page.rows()).as("%s", filter).isEqualTo(expected.subList(from, to));
                assertThat(page.next() == null).as("the end of %s", filter).isEqualTo(to == expected.size());
                if (page.next() == null) {
                    return;
                }
                from = to;
                page = store.search(filter.after(page), nowMs);
            }
        }
    }
}
