/**
 * What runs: {@link io.innkeeper.service.Service} is four methods, {@link io.innkeeper.service.ServiceController} starts them
 * in order, restarts what fails, stops them in reverse, and passes commands on.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.service;
