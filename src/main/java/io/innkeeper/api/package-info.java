/** Translation between the outside and the services, nothing else. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.api;
