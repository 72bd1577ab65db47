/**
 * What each system is called: patterns that make names, the rules for names that two want, and the book that keeps them unique.
 * Pure.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.device.naming;
