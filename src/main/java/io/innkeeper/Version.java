package io.innkeeper;

/** Which version this is. */
public final class Version {
    private Version() {}

    /** As in the program's manifest; {@code development} where it does not run from its jar. */
    public static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
