/** Property tests of our own: a seeded source of samples, and a loop that names the seed of a sample that fails. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.property;
