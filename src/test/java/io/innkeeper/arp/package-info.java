/** Tests of the roll call. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.arp;
