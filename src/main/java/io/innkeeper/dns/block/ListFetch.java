package io.innkeeper.dns.block;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Fetches a list over HTTP into its {@link KeptCopy}. What goes wrong leaves the copy as it was. */
final class ListFetch {
    private static final int NOT_MODIFIED = 304;
    private static final int OK = 200;

    private final HttpClient client;
    private final BookSettings settings;

    ListFetch(BookSettings settings) {
        this.settings = settings;
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.maxConnect())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    /**
     * Asks for the list.
     *
     * @return whether the copy is another one now
     * @throws IOException where it cannot be had; the message is for people
     * @throws InterruptedException where the book is closed meanwhile
     */
    boolean fetch(URI uri, KeptCopy copy, Instant now) throws IOException, InterruptedException {
        KeptCopy.Notes notes = copy.notes();
        HttpResponse<InputStream> response;
        try {
            response = client.send(request(uri, notes), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IllegalArgumentException e) {
            throw new IOException("not a URL that can be fetched: " + e.getMessage(), e);
        }
        try (InputStream body = response.body()) {
            if (response.statusCode() == NOT_MODIFIED) {
                copy.note(new KeptCopy.Notes(notes.etag(), notes.lastModified(), now, notes.changedAt()));
                return false;
            }
            if (response.statusCode() != OK) {
                throw new IOException("the server answers with status " + response.statusCode());
            }
            write(body, isPacked(response), copy);
        }
        boolean same = copy.isSame();
        copy.replace(new KeptCopy.Notes(
                header(response, "ETag"), header(response, "Last-Modified"), now, same ? notes.changedAt() : now));
        return !same;
    }

    private HttpRequest request(URI uri, KeptCopy.Notes notes) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(settings.maxConnect())
                .header("User-Agent", "Innkeeper")
                .header("Accept-Encoding", "gzip");
        if (notes.etag() != null) {
            request.header("If-None-Match", notes.etag());
        }
        if (notes.lastModified() != null) {
            request.header("If-Modified-Since", notes.lastModified());
        }
        return request.build();
    }

    private static @Nullable String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    private static boolean isPacked(HttpResponse<?> response) {
        String encoding = response.headers().firstValue("Content-Encoding").orElse("");
        return encoding.toLowerCase(Locale.ROOT).contains("gzip");
    }

    private void write(InputStream body, boolean packed, KeptCopy copy) throws IOException, InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        Deadline deadline = new Deadline(body);
        Thread watch = Thread.ofVirtual().start(() -> {
            try {
                if (!done.await(settings.maxFetch().toMillis(), TimeUnit.MILLISECONDS)) {
                    deadline.pass();
                }
            } catch (InterruptedException e) {
                // The fetch is over.
            }
        });
        try {
            long octets = PartWriter.write(deadline, packed, copy.part(), settings.maxOctets());
            if (octets == 0) {
                throw new IOException("the server sends nothing");
            }
        } finally {
            done.countDown();
            watch.interrupt();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** A stream that can be ended from outside, and says then that it was. */
    private static final class Deadline extends FilterInputStream {
        private volatile boolean passed;

        Deadline(InputStream in) {
            super(in);
        }

        void pass() {
            passed = true;
            try {
                in.close();
            } catch (IOException e) {
                // It is given up in any case.
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int count;
            try {
                count = in.read(into, from, length);
            } catch (IOException e) {
                throw new IOException(passed ? "takes too long" : "the connection broke off", e);
            }
            if (passed) {
                throw new IOException("takes too long");
            }
            return count;
        }
    }
}
