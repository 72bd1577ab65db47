/** Systems that are marked for installation, as a dnsmasq is told of them. */
@NullMarked
package io.innkeeper.install;

import org.jspecify.annotations.NullMarked;
