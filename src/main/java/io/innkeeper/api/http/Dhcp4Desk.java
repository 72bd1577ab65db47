package io.innkeeper.api.http;

import io.innkeeper.config.Dhcp4Config;
import io.innkeeper.dhcp.Dhcp4Service;
import io.innkeeper.dhcp.ExceptionBook;
import io.innkeeper.dhcp.ReservationBook;
import java.util.Optional;

/** What the API knows of our own DHCP server, which may come and go with the configuration. */
public interface Dhcp4Desk {
    /** The section of the configuration; empty where there is none. */
    Optional<Dhcp4Config> config();

    /** The service that runs or is about to; empty without one. */
    Optional<Dhcp4Service> service();

    /** The reservations that users make. */
    ReservationBook reservations();

    /** The exceptions that users make. */
    ExceptionBook exceptions();

    /** Reservations or exceptions changed: lists and plan follow before this returns. */
    void changed();
}
