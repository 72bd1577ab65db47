package io.innkeeper.dns.forward;

/**
 * What is known of an upstream.
 *
 * @param address which
 * @param sent messages to it
 * @param answered answers that were of use
 * @param failed failures that it reported, and messages that could not be brought to it
 * @param timedOut messages without an answer in time
 * @param mismatched messages of it that matched no question
 * @param roundTripMs how long an answer takes, smoothed; 0 where it is not known
 * @param healthy false where the last things asked of it went wrong
 */
public record UpstreamState(
        UpstreamAddress address,
        long sent,
        long answered,
        long failed,
        long timedOut,
        long mismatched,
        double roundTripMs,
        boolean healthy) {}
