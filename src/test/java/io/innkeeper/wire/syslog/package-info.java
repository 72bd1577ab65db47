/** Tests of how syslog messages follow each other. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.wire.syslog;
