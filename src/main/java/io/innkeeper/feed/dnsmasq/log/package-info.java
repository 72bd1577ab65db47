/**
 * Those who carry the lines of a dnsmasq's log: the tail of its file, the syslog listener, the journal. They know where lines
 * come from and how far they have read, not what the lines say; that is for {@link io.innkeeper.feed.dnsmasq.LogIntake}.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.feed.dnsmasq.log;
