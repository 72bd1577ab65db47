/**
 * One document in, immutable records out, with every mistake reported at once. Start with
 * {@link io.innkeeper.config.Config} for the keys, {@link io.innkeeper.config.ConfigSources} for where they come from, and
 * {@link io.innkeeper.config.ConfigLoader} for the way from text to records: read, merge, bind, check. Everything else that
 * speaks of keys (the JSON Schema, the reference page, the JSON view, the environment names) is derived from the same
 * records, so they cannot disagree. See docs/decisions/0002-configuration-binder.md.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.config;
