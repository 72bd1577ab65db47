package io.innkeeper.tell.spool;

import java.io.IOException;

/** Where the world begins for a spool: a file that several processes change, one at a time. */
interface SpoolDisk {
    /**
     * Keeps all others out until it is closed; waits for them, for some seconds at most.
     *
     * @throws IOException where the others do not end, or the folder cannot be used
     */
    Held hold() throws IOException;

    /** The file, while nobody else has it. */
    interface Held extends AutoCloseable {
        /** Octets of the file; 0 where there is none. */
        long length() throws IOException;

        /** Octets of the file from this place on: that many, or as many as there are. */
        byte[] read(long from, int atMost) throws IOException;

        /** Cuts what is behind a place, and writes there; returns when it is on stable storage. */
        void append(long at, byte[] octets) throws IOException;

        /** Returns when all that is in the file is on stable storage, whoever wrote it. */
        void force() throws IOException;

        /** Makes these octets the file, at once and on stable storage; where it throws, the file is as it was. */
        void replace(byte[] octets) throws IOException;

        /** Puts the file aside, for whoever wants to look what happened to it. */
        void setAside() throws IOException;

        @Override
        void close() throws IOException;
    }
}
