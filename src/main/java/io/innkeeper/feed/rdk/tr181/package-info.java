/**
 * The DHCP clients of this machine as Broadband Forum's data model TR-181 (Device:2) shows them. Pure. Start with
 * {@link io.innkeeper.feed.rdk.tr181.DataModel}.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.feed.rdk.tr181;
