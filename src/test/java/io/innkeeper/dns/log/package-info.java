/** Tests of the query log. */
@NullMarked
package io.innkeeper.dns.log;

import org.jspecify.annotations.NullMarked;
