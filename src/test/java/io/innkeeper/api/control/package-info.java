/** Tests of the control socket. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.api.control;
