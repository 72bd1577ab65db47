package io.innkeeper.api.http;

/** What the HTTP side counts; the wiring decides where the numbers go. */
public interface HttpStatistics {
    /** A call was answered: which route, with which status. */
    void answered(String route, int status);

    /** A request was refused at the gate. */
    void refused();
}
