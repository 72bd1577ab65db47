package io.innkeeper.dns.log;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the query log needs from outside. All is called on the log's thread.
 *
 * @param clock the time
 * @param devices whose address that is now; asked once every few seconds for each client
 * @param sightings takes those who asked, every few seconds; whatever the mode of the log is
 * @param fault takes what broke the log: an error of ours
 */
public record LogWorld(
        InstantSource clock,
        Function<IpAddress, Optional<MacAddress>> devices,
        Consumer<List<QuerySighting>> sightings,
        Consumer<Throwable> fault) {}
