/** Tests of access. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.security;
