#!/usr/bin/python3
"""Registers systems with an Innkeeper by hand, and prints what it then knows of each.

    register.py [--server 127.0.0.1:9067] MAC[,HOSTNAME[,ADDRESS]] …
"""

import argparse

import grpc

from innkeeper_grpc import Innkeeper, as_json


def main():
    parser = argparse.ArgumentParser(description="Registers systems with an Innkeeper.")
    parser.add_argument("--server", default="127.0.0.1:9067")
    parser.add_argument("systems", nargs="+", metavar="MAC[,HOSTNAME[,ADDRESS]]")
    options = parser.parse_args()
    innkeeper = Innkeeper(options.server)
    for system in options.systems:
        mac, hostname, address = (system.split(",") + ["", ""])[:3]
        try:
            answer = innkeeper.RegisterSystem(mac=mac, hostname=hostname, address=address, source="register")
        except grpc.RpcError as error:
            parser.exit(1, "%s: %s: %s\n" % (system, error.code().name, error.details()))
        print(as_json(answer.system))


if __name__ == "__main__":
    main()
