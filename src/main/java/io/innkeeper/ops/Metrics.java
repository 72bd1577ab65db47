package io.innkeeper.ops;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** Everything that is counted, under names that begin with {@code innkeeper_} and end with their unit. */
public final class Metrics {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer =
            PrometheusTextFormatWriter.builder().build();

    /** Events announced, by type. */
    public final Counter events = counter("innkeeper_events", "Events announced", "type");

    /** Reports that the desk took from sources. */
    public final Counter reports = counter("innkeeper_desk_reports", "Reports taken from sources");

    /** Commits that failed and were tried again. */
    public final Counter commitFailures = counter("innkeeper_store_commit_failures", "Commits that had to be repeated");

    /** Reports given up because of a fault of ours. */
    public final Counter workFailures = counter("innkeeper_desk_failures", "Reports that could not be processed");

    /** Signs of life that were dropped because too many waited. */
    public final Counter sightingsDropped =
            counter("innkeeper_desk_sightings_dropped", "Sightings dropped because too many waited for the desk");

    /** HTTP answers by route and status. */
    public final Counter httpRequests = counter("innkeeper_http_requests", "HTTP answers", "route", "status");

    /** HTTP requests that the gate refused. */
    public final Counter httpRefused = counter("innkeeper_http_refused", "Requests of foreign pages, refused");

    /** Events written to followers of the stream. */
    public final Counter sseSent = counter("innkeeper_sse_events_sent", "Events written to followers");

    /** Followers that were cut because they were slow. */
    public final Counter sseCut = counter("innkeeper_sse_followers_cut", "Followers cut because they were slow");

    /** Followers that asked for events no longer held. */
    public final Counter sseResets = counter("innkeeper_sse_resets", "Followers told to read everything anew");

    /** How long a commit took. */
    public final Histogram commitSeconds = Histogram.builder()
            .name("innkeeper_store_commit_seconds")
            .help("How long one commit took, with its fsync")
            .classicOnly()
            .classicUpperBounds(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5)
            .register(registry);

    private final DhcpMetrics dhcp = new DhcpMetrics(this);

    private final ArpMetrics arp = new ArpMetrics(this);

    private final DnsMetrics dns = new DnsMetrics(this);

    private final LeaseMonitorMetrics leaseMonitor = new LeaseMonitorMetrics(this);

    private final DnsmasqMetrics dnsmasq = new DnsmasqMetrics(this);

    private final OutboundMetrics outbound = new OutboundMetrics(this);

    private final GrpcMetrics grpc = new GrpcMetrics(this);

    private boolean jvmMetrics;

    /** Of the DHCP server. */
    public DhcpMetrics dhcp() {
        return dhcp;
    }

    /** Of the roll call. */
    public ArpMetrics arp() {
        return arp;
    }

    /** Of the DNS server. */
    public DnsMetrics dns() {
        return dns;
    }

    /** Of the lease monitor. */
    public LeaseMonitorMetrics leaseMonitor() {
        return leaseMonitor;
    }

    /** Of the watched dnsmasq. */
    public DnsmasqMetrics dnsmasq() {
        return dnsmasq;
    }

    /** Of targets that are told of events. */
    public OutboundMetrics outbound() {
        return outbound;
    }

    /** Of the gRPC server. */
    public GrpcMetrics grpc() {
        return grpc;
    }

    Histogram histogram(String name, String help, double... bounds) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .classicOnly()
                .classicUpperBounds(bounds)
                .register(registry);
    }

    Counter counter(String name, String help, String... labels) {
        return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
    }

    /** A number that is asked for at each scrape. */
    public void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    /** Numbers by labels that are asked for at each scrape. */
    public void gauges(String name, String help, Supplier<Map<List<String>, Double>> values, String... labels) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .callback(callback ->
                        values.get().forEach((label, value) -> callback.call(value, label.toArray(new String[0]))))
                .register(registry);
    }

    /** Counts by labels, kept elsewhere, that are asked for at each scrape. */
    public void counts(String name, String help, Supplier<Map<List<String>, Double>> values, String... labels) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .callback(callback ->
                        values.get().forEach((label, value) -> callback.call(value, label.toArray(new String[0]))))
                .register(registry);
    }

    /** Nanoseconds as the seconds that histograms take. */
    public static double seconds(long nanos) {
        return (double) nanos / TimeUnit.SECONDS.toNanos(1);
    }

    /** The virtual machine's own metrics join at the first scrape: they would cost a tenth of the start. */
    private synchronized void addJvmMetrics() {
        if (!jvmMetrics) {
            JvmMetrics.builder().register(registry);
            jvmMetrics = true;
        }
    }

    /** The Prometheus text format, version 0.0.4, with the virtual machine's own metrics. */
    public String text() {
        addJvmMetrics();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 << 10);
        try {
            writer.write(bytes, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
