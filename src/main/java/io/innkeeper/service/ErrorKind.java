package io.innkeeper.service;

/** Why a command was not done: what the caller has to look at. */
public enum ErrorKind {
    /** The command or its arguments are wrong: ask otherwise. */
    COMMAND("CommandError"),
    /** The network or another machine did not do its part: try again, or look at the network. */
    NETWORK("NetworkError"),
    /** The service cannot do it now: it does not run, is too busy, or something of this machine fails. */
    SERVICE("ServiceError");

    private final String text;

    ErrorKind(String text) {
        this.text = text;
    }

    /** As it stands in answers. */
    public String text() {
        return text;
    }
}
