package io.innkeeper.dns.log;

/**
 * How long answers of a step took.
 *
 * @param step which
 * @param count how many
 * @param averageMicros on average, in millionths of a second
 * @param p99Micros 99 of 100 took no longer; up to a quarter too large
 */
public record StepTimes(QueryStep step, long count, long averageMicros, long p99Micros) {}
