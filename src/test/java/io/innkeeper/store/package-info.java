/** Tests of the store. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.store;
