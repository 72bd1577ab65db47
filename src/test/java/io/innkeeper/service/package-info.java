/** Tests of services. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.service;
