/** Tests of {@code ./innkeeper} and {@code ./check}: the scripts themselves, with a pretended JDK and Maven. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.launch;
