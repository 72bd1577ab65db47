#!/usr/bin/env python3
"""Tells a lease monitor, by version 2 of its protocol, what a DHCPv4 client said; see docs/lease-monitor-v2.md.

    lease_sender.py 127.0.0.1:50326 eth0 1 state=bound address=192.0.2.7 netmask=255.255.255.0 lease_time=3600
    lease_sender.py --key 1:/etc/innkeeper/lease-1.key 192.0.2.1:50326 eth0 2 state=deconfig ended=1

Nothing is needed but Python; for --key, the package cryptography. What it says is acknowledged when it is stored: then the
exit code is 0. A real sender keeps what it has to say on its disk until then, with its identity and the number of each report.
"""
import argparse
import base64
import hashlib
import os
import socket
import struct
import time
import zlib

HELLO, WELCOME, REFUSED, REPORTS, ACKS, PING, PONG, GOODBYE = range(1, 9)
DEFLATED, ENCRYPTED = 1, 2
LIMIT = 1 << 20
PRIORITIES = {"expiry": 1, "renew": 2, "bulk": 3}
STATUSES = {1: "stored", 2: "duplicate", 3: "rejected"}

# The fields of Dhcp4Client in lease_monitor.proto.
DHCP4 = {name: number for number, name in enumerate(
    "ended state address netmask routers name_servers lease_time renewal_time rebinding_time time_offset time_zone "
    "upstream_rate downstream_rate server_id mtu sip_servers static_routes option_122 option_125 boot_file tftp_server "
    "hostname domain_name".split(), 1)}
NUMBERS = {"ended", "lease_time", "renewal_time", "rebinding_time", "upstream_rate", "downstream_rate", "mtu"}


def varint(value):
    octets = bytearray()
    while value > 0x7F:
        octets.append(value & 0x7F | 0x80)
        value >>= 7
    octets.append(value)
    return bytes(octets)


def field(number, value):
    """A field of Protocol Buffers: a number, or octets with their length before them."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    octets = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(octets)) + octets


def fields(octets):
    """The fields of a message, as pairs of number and value; of the two kinds that the monitor's answers have."""
    at = 0

    def number():
        nonlocal at
        value = shift = 0
        while True:
            octet = octets[at]
            at += 1
            value |= (octet & 0x7F) << shift
            shift += 7
            if octet < 0x80:
                return value

    while at < len(octets):
        tag = number()
        value = number()
        if tag & 7 == 2:
            at += value
            value = octets[at - value:at]
        yield tag >> 3, value


def timestamp(seconds):
    return field(1, int(seconds)) + field(2, int(seconds % 1 * 1e9))


class Direction:
    """Encrypts or decrypts what goes in one direction."""

    def __init__(self, key, salt, info):
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF
        self.cipher = AESGCM(HKDF(hashes.SHA256(), 32, salt, info).derive(key))
        self.frames = 0

    def nonce(self):
        self.frames += 1
        return (self.frames - 1).to_bytes(12, "big")


class Connection:
    def __init__(self, address):
        host, _, port = address.rpartition(":")
        self.socket = socket.create_connection((host.strip("[]"), int(port)), timeout=30)
        self.sending = self.receiving = None

    def send(self, kind, body, deflate=True):
        flags = 0
        packed = zlib.compress(body)
        if deflate and len(body) >= 512 and len(packed) <= len(body) - len(body) // 8:
            flags, body = DEFLATED, packed
        if self.sending:
            flags |= ENCRYPTED
            head = struct.pack(">IBB", len(body) + 16 + 2, kind, flags)
            body = self.sending.cipher.encrypt(self.sending.nonce(), body, head)
        frame = struct.pack(">IBB", len(body) + 2, kind, flags) + body
        self.socket.sendall(frame)
        return frame

    def octets(self, count):
        octets = b""
        while len(octets) < count:
            more = self.socket.recv(count - len(octets))
            if not more:
                raise SystemExit("the monitor closed the connection")
            octets += more
        return octets

    def receive(self):
        head = self.octets(6)
        length, kind, flags = struct.unpack(">IBB", head)
        if not 2 <= length <= LIMIT:
            raise SystemExit("a frame has a wrong length")
        body = self.octets(length - 2)
        frame = head + body
        if self.receiving:
            body = self.receiving.cipher.decrypt(self.receiving.nonce(), body, head)
        if flags & DEFLATED:
            body = zlib.decompressobj().decompress(body, LIMIT)
        return kind, body, frame

    def greet(self, sender, name, number, key):
        body = field(1, 2) + field(2, sender) + field(3, name) + field(4, os.urandom(32)) + field(5, number)
        hello = self.send(HELLO, body, deflate=False)
        kind, body, welcome = self.receive()
        if kind == REFUSED:
            raise SystemExit("refused: " + dict(fields(body)).get(2, b"").decode())
        if key:
            salt = hashlib.sha256(hello + welcome).digest()
            self.sending = Direction(key, salt, b"innkeeper lease v2 client")
            self.receiving = Direction(key, salt, b"innkeeper lease v2 server")


def main():
    parser = argparse.ArgumentParser(description="tells a lease monitor what a DHCPv4 client said")
    parser.add_argument("monitor", help="host:port")
    parser.add_argument("interface")
    parser.add_argument("sequence", type=int, help="always growing for a sender and an interface")
    parser.add_argument("said", nargs="*", help="field=value, as in Dhcp4Client of lease_monitor.proto")
    parser.add_argument("--key", metavar="NUMBER:FILE", help="32 octets in base64")
    parser.add_argument("--sender", default="00" * 15 + "01", help="identity, 16 octets in hex")
    parser.add_argument("--priority", choices=PRIORITIES, default="renew")
    arguments = parser.parse_intermixed_args()

    said = b""
    for pair in arguments.said:
        name, _, value = pair.partition("=")
        said += field(DHCP4[name], int(value) if name in NUMBERS else value)
    now = time.time()
    report = (field(1, arguments.sequence) + field(2, arguments.interface) + field(3, PRIORITIES[arguments.priority])
              + field(4, timestamp(now)) + field(5, said))
    number, key = 0, None
    if arguments.key:
        number, _, file = arguments.key.partition(":")
        with open(file, encoding="ascii") as text:
            number, key = int(number), base64.b64decode(text.read())

    connection = Connection(arguments.monitor)
    connection.greet(bytes.fromhex(arguments.sender), "lease_sender.py", number, key)
    connection.send(REPORTS, field(1, timestamp(time.time())) + field(2, report))
    while True:
        kind, body, _ = connection.receive()
        if kind == PING:
            connection.send(PONG, b"")
        elif kind == GOODBYE:
            raise SystemExit("the monitor goes: " + dict(fields(body)).get(1, b"").decode())
        elif kind == ACKS:
            for _, ack in fields(body):
                one = dict(fields(ack))
                status = STATUSES[one[3]]
                print(one[1].decode(), one[2], status, one.get(4, b"").decode())
                if status == "rejected" and one[2] == arguments.sequence:
                    raise SystemExit(1)
                if one[2] >= arguments.sequence:
                    connection.send(GOODBYE, b"")
                    return


if __name__ == "__main__":
    main()
