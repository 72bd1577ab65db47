package io.innkeeper.dns.forward;

import io.innkeeper.wire.dns.DnsName;

/**
 * What is to be asked. Equal ones share one question to the upstreams; case makes no difference.
 *
 * @param name in the case in which it is to stand in the answer
 * @param type see {@link io.innkeeper.wire.dns.RecordType}
 * @param dnsClass see {@link io.innkeeper.wire.dns.DnsClass}
 * @param dnssecOk the DO bit: signatures are wanted (RFC 3225)
 * @param checkingDisabled the CD bit: who asks validates for himself (RFC 4035 §3.2.2)
 */
public record Asked(DnsName name, int type, int dnsClass, boolean dnssecOk, boolean checkingDisabled) {}
