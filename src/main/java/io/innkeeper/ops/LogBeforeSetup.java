package io.innkeeper.ops;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.net.URI;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.jspecify.annotations.Nullable;

/**
 * What Log4j asks when a line is logged before {@link LogSetup#apply}. Named in {@code log4j2.component.properties}: with it no
 * {@code log4j2-test.xml} that some library left in its jar is ever looked for.
 */
public final class LogBeforeSetup extends ConfigurationFactory {
    /** Log4j makes it by its name. */
    public LogBeforeSetup() {}

    @Override
    protected String[] getSupportedTypes() {
        return new String[] {"*"};
    }

    @Override
    public Configuration getConfiguration(LoggerContext context, @Nullable ConfigurationSource source) {
        FileOutputStream stderr = new FileOutputStream(FileDescriptor.err);
        return new LogConfiguration(context, LogSettings.DEFAULT, stderr, false);
    }

    @Override
    public Configuration getConfiguration(LoggerContext context, String name, @Nullable URI location) {
        return getConfiguration(context, null);
    }
}
