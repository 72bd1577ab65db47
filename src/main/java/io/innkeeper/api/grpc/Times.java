package io.innkeeper.api.grpc;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Points and lengths of time, ours and those of the contract. */
final class Times {
    private Times() {}

    static Timestamp of(Instant at) {
        return Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }

    static Duration of(java.time.Duration length) {
        return Duration.newBuilder()
                .setSeconds(length.getSeconds())
                .setNanos(length.getNano())
                .build();
    }

    /** Empty for what is no point in time. */
    static Optional<Instant> instant(Timestamp at) {
        try {
            return Optional.of(Instant.ofEpochSecond(at.getSeconds(), at.getNanos()));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** In milliseconds, rounded up; empty for what is negative or longer than the configuration can say. */
    static Optional<Long> millis(Duration length) {
        boolean fits = length.getSeconds() >= 0 && length.getSeconds() < Integer.MAX_VALUE && length.getNanos() >= 0;
        return fits
                ? Optional.of(length.getSeconds() * 1_000 + Math.ceilDiv(length.getNanos(), 1_000_000))
                : Optional.empty();
    }
}
