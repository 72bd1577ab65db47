package io.innkeeper.dns.block;

/** Reads the lines of lists of one form. A line is not empty, and has no blanks at its ends. */
interface LineForm {
    void line(byte[] bytes, int from, int to);
}
