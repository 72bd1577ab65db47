package io.innkeeper.feed.dnsmasq;

import io.innkeeper.wire.dnsmasq.LeaseFileContent;

/**
 * One look at a lease file.
 *
 * @param stamp what identified the file's state before and after reading; looks with equal stamps saw the same bytes
 * @param torn true where the file changed while it was read
 * @param diskFull true where the file system has no room left: then a file that was cut may stay so
 * @param content what was read
 */
record Look(FileStamp stamp, boolean torn, boolean diskFull, LeaseFileContent content) {
    /**
     * What tells one state of a file from another, as far as the file system can.
     *
     * @param key the inode, as text
     * @param size in bytes
     * @param modifiedNanos the time of the last change, nanoseconds since 1970
     * @param checksum of the bytes that were read
     */
    record FileStamp(String key, long size, long modifiedNanos, long checksum) {}
}
