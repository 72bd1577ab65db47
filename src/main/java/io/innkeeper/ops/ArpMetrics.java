package io.innkeeper.ops;

import io.prometheus.metrics.core.metrics.Counter;

/** What is counted of the roll call. */
public final class ArpMetrics {
    private final Counter questions;
    private final Counter heard;
    private final Counter malformed;
    private final Counter findings;
    private final Counter dropped;

    ArpMetrics(Metrics metrics) {
        questions = metrics.counter(
                "innkeeper_arp_questions", "ARP and neighbor questions, sent or not taken by the kernel", "outcome");
        heard = metrics.counter("innkeeper_arp_heard", "Signs of life, by what they were", "kind");
        malformed = metrics.counter("innkeeper_arp_malformed", "ARP and neighbor frames that name no host");
        findings = metrics.counter("innkeeper_arp_findings", "Addresses claimed by others than before", "what");
        dropped = metrics.counter("innkeeper_arp_hearings_dropped", "Signs of life for which there was no room");
    }

    /** Questions that left, and that did not. */
    public void questions(int sent, int failed) {
        questions.labelValues("sent").inc(sent);
        questions.labelValues("failed").inc(failed);
    }

    /** A sign of life of this kind. */
    public void heard(String kind) {
        heard.labelValues(kind).inc();
    }

    /** A frame that could not be read. */
    public void malformed() {
        malformed.inc();
    }

    /** Something that should not be. */
    public void finding(String what) {
        findings.labelValues(what).inc();
    }

    /** Signs of life were lost because too many waited. */
    public void dropped(int count) {
        dropped.inc(count);
    }
}
