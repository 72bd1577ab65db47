package io.innkeeper.dhcp;

import java.util.List;

/** Where what users add at run time lasts: JSON documents by name. Throws as a store does. */
public interface OwnDocuments {
    /**
     * One of them.
     *
     * @param id its name
     * @param json what it says, an object
     */
    record Document(String id, String json) {}

    /** All, in the order of their names. */
    List<Document> all();

    /**
     * Puts some and removes others, all of it or nothing; lasts when this returns.
     *
     * @param who for the audit
     */
    void change(List<Document> put, List<String> remove, String who);
}
