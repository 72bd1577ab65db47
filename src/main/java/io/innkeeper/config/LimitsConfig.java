package io.innkeeper.config;

/**
 * The section {@code limits}: what takes memory and threads, for networks much bigger or machines much smaller than usual.
 *
 * @param deskQueue pieces of work that may wait for the desk
 * @param sightings signs of life that may wait for the desk
 * @param devicesInMemory devices that the desk keeps in memory
 * @param devicesWatched devices that are judged online, idle or offline
 * @param eventsInMemory events kept in memory for those who follow the stream
 * @param dhcp4News news of the DHCP server that may wait to be told
 * @param arpNews findings of the roll call that may wait to be told
 * @param outboundEvents events that a target looks at in one go
 * @param httpThreads threads that watch HTTP connections
 */
@Doc(
        "How long queues may get and how much is kept in memory, for networks much bigger or machines much smaller than usual. They"
                + " hold from the start on: a change of them is turned down while the program runs.")
public record LimitsConfig(
        @Doc(
                "How many pieces of work may wait for the thread that owns leases and devices. Where it is full, sources wait.")
        @Default("256")
        @Range(min = "16", max = "65536")
        int deskQueue,

        @Doc("How many signs of life may wait for that thread. More are dropped and counted; they come again.")
        @Default("20000")
        @Range(min = "1000", max = "1000000")
        int sightings,

        @Doc("How many devices it keeps in memory. Others are read from the store when something is heard of them.")
        @Default("50000")
        @Range(min = "100", max = "1000000")
        int devicesInMemory,

        @Doc("How many devices are judged online, idle or offline. Further ones have no presence until there is room.")
        @Default("50000")
        @Range(min = "100", max = "1000000")
        int devicesWatched,

        @Doc(
                "How many of the newest events are kept in memory. Who follows the stream from further back reads the store.")
        @Default("16384")
        @Range(min = "256", max = "1000000")
        int eventsInMemory,

        @Doc(
                "How many news of the DHCP server, such as refused clients, may wait to be told. More are dropped and counted.")
        @Default("10000")
        @Range(min = "100", max = "1000000")
        int dhcp4News,

        @Doc("How many findings of the roll call may wait to be told. More are dropped and counted.")
        @Default("4096")
        @Range(min = "100", max = "1000000")
        int arpNews,

        @Doc("How many events each target of `outbound` takes from the stream in one go.")
        @Default("256")
        @Range(min = "1", max = "10000")
        int outboundEvents,

        @Doc("How many threads accept and watch HTTP connections. Requests run on virtual threads, which cost little.")
        @Default("8")
        @Range(min = "4", max = "256")
        int httpThreads) {}
