@org.jspecify.annotations.NullMarked
package io.innkeeper.feed.dnsmasq.query;
