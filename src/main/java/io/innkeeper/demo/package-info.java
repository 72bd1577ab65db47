/**
 * A network to look at without one. {@link io.innkeeper.demo.DemoNetwork} decides what its devices do, {@link
 * io.innkeeper.demo.DemoDnsmasq} writes a lease file as dnsmasq would; everything else is the real program.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.demo;
