#!/usr/bin/python3
"""Follows the events of an Innkeeper and prints each as a line of JSON, once and in order.

    watch.py [--server 127.0.0.1:9067] [--types lease.* device.*] [--place FILE] [--from-oldest]

With --place, the number of the last event printed is kept in that file, and the next start goes on there. Where the
connection is lost, the server is restarted, or this program was too slow, it goes on where it was.
"""

import argparse
import os
import random
import sys
import time

import grpc

from innkeeper_grpc import Innkeeper

# What passes by itself: the server is away, or found us too slow, or is busy.
AGAIN = (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.RESOURCE_EXHAUSTED, grpc.StatusCode.DEADLINE_EXCEEDED)


class Place:
    """Where we are: the store that numbers events, and a number."""

    def __init__(self, path):
        self.path, self.store, self.after = path, "", None
        if path and os.path.exists(path):
            with open(path) as file:
                self.store, number = file.read().split()
                self.after = int(number)

    def move(self, after, store=None):
        self.after, self.store = after, store or self.store
        if self.path:
            with open(self.path + ".new", "w") as file:
                file.write("%s %d\n" % (self.store, self.after))
            os.replace(self.path + ".new", self.path)


def follow(innkeeper, place, types):
    """Prints what comes; returns only by an error."""
    asked = {"types": types, "store": place.store}
    if place.after is not None:
        asked["after"] = place.after
    for step in innkeeper.WatchEvents(**asked):
        if step.WhichOneof("step") == "event":
            print(step.event.json, flush=True)
            place.move(step.event.number)
        elif step.position.number != place.after or step.position.store != place.store:
            place.move(step.position.number, step.position.store)


def main():
    parser = argparse.ArgumentParser(description="Prints the events of an Innkeeper.")
    parser.add_argument("--server", default="127.0.0.1:9067")
    parser.add_argument("--types", nargs="*", default=[])
    parser.add_argument("--place", help="a file that keeps where we are")
    parser.add_argument("--from-oldest", action="store_true", help="begin with the oldest event that is held")
    options = parser.parse_args()
    place = Place(options.place)
    if options.from_oldest and place.after is None:
        place.after = 0
    innkeeper = Innkeeper(options.server)
    wait = 0.1
    while True:
        before = place.after
        try:
            follow(innkeeper, place, options.types)
        except grpc.RpcError as error:
            if error.code() == grpc.StatusCode.OUT_OF_RANGE:
                # Another store, or events that are no longer held: what was missed is not to be had.
                print("begins anew: %s" % error.details(), file=sys.stderr)
                place.after, place.store = 0, ""
            elif error.code() not in AGAIN:
                raise
        wait = 0.1 if place.after != before else min(5, wait * 2)
        time.sleep(wait * random.uniform(0.5, 1))


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
