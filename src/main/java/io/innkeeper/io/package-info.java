/**
 * The outside world: files watched, addresses of this machine. Small and replaceable; everything that decides is elsewhere.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.io;
