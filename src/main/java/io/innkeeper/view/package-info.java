/**
 * Leases, devices and events as users see them: records whose fields are the JSON of the API and of the event stream.
 * Imports {@code lease}, {@code device} and {@code wire.net}.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.view;
