/** Tests of what a dnsmasq is told of marks for installation. */
@NullMarked
package io.innkeeper.install;

import org.jspecify.annotations.NullMarked;
