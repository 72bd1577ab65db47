/**
 * Questions that others answer: the pure {@link io.innkeeper.dns.forward.Forwarder} decides whom to ask and what to believe,
 * {@link io.innkeeper.dns.forward.Transports} carries, {@link io.innkeeper.dns.forward.Validator} checks signatures.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.dns.forward;
