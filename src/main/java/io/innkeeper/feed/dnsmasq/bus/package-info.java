/** The buses that a dnsmasq speaks on: D-Bus ({@code enable-dbus}) and OpenWrt's ubus ({@code enable-ubus}). */
@org.jspecify.annotations.NullMarked
package io.innkeeper.feed.dnsmasq.bus;
