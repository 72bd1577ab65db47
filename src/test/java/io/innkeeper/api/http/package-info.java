/** Tests of the HTTP interface. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.api.http;
