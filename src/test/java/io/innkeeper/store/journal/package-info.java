/** The lease journal under power cuts, full disks and damaged files. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.store.journal;
