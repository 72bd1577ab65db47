/** How syslog messages follow each other on a connection (RFC 6587). */
@org.jspecify.annotations.NullMarked
package io.innkeeper.wire.syslog;
