/**
 * HTTP: {@link io.innkeeper.api.http.HttpService} listens, {@link io.innkeeper.api.http.RouteTable} lists what can be called,
 * the {@code …Routes} translate. The same table writes the OpenAPI document, so that it cannot drift from the code.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.api.http;
