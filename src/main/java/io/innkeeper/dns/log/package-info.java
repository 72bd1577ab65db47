/** The query log: what was asked, in files of its own. */
@NullMarked
package io.innkeeper.dns.log;

import org.jspecify.annotations.NullMarked;
