/**
 * What the operator looks at: logs (later metrics and health). {@link io.innkeeper.ops.LogSetup} is the only place that knows
 * which logging library is behind SLF4J. Imports {@code wire.net} only.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.ops;
