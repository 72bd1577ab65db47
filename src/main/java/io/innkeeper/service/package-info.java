/**
 * What runs: {@link io.innkeeper.service.Service} is a few methods, {@link io.innkeeper.service.ServiceController} starts them
 * in order, restarts what fails, stops them in reverse, checks
 * commands ({@link io.innkeeper.service.CommandSpec}) and passes them on.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.service;
