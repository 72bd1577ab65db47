package io.innkeeper.config;

/**
 * The section {@code metrics}.
 *
 * @param perLease whether each lease has its own time series
 */
@Doc("What `/metrics` shows.")
public record MetricsConfig(
        @Doc("One time series for each lease. A large network makes many: a burden for Prometheus.") @Default("false")
        boolean perLease) {}
