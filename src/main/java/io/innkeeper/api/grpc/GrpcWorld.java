package io.innkeeper.api.grpc;

import io.innkeeper.config.RunningConfig;
import io.innkeeper.desk.Desk;
import io.innkeeper.event.EventLog;
import io.innkeeper.service.ServiceController;
import io.innkeeper.store.Audit;
import io.innkeeper.store.DeviceQueries;
import io.innkeeper.store.EventQueries;
import io.innkeeper.store.Installations;
import io.innkeeper.store.SystemNames;
import io.innkeeper.store.TakenKeys;
import java.time.InstantSource;

/**
 * What the services work with.
 *
 * @param version of the program
 * @param store the identity of the store: who numbers events
 * @param devices what is known of systems
 * @param names what systems are called
 * @param installations which are to be installed
 * @param events of the past
 * @param log the stream
 * @param desk who owns systems
 * @param keys what was taken before
 * @param audit who changed what
 * @param running the configuration
 * @param services what runs
 */
public record GrpcWorld(
        String version,
        String store,
        DeviceQueries devices,
        SystemNames names,
        Installations installations,
        EventQueries events,
        EventLog log,
        Desk desk,
        TakenKeys keys,
        Audit audit,
        RunningConfig running,
        ServiceController services,
        InstantSource clock) {}
