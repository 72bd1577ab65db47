package io.innkeeper.feed.dnsmasq;

import io.innkeeper.wire.dnsmasq.ScriptNotice;
import java.time.Instant;

/**
 * What a witness says of one lease. Whatever it is read from, it has the shape of a call of dnsmasq's script.
 *
 * @param notice what it says
 * @param by who says so
 * @param at when it was so, as far as the witness knows
 */
public record Word(ScriptNotice notice, Witness by, Instant at) {}
