package io.innkeeper.lease;

import io.innkeeper.wire.net.Hash64;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Octets;
import java.util.function.IntUnaryOperator;

/** How many active bindings each hardware address and each circuit has, where a limit asks for it. */
final class LimitCounts {
    private static final int CIRCUIT_ID = 1;
    private static final int REMOTE_ID = 2;

    private final long seed;
    private boolean perMac;
    private boolean perCircuit;
    private IntUnaryOperator networkOf = address -> 0;
    private CountTable macs = new CountTable();
    private CountTable circuits = new CountTable();

    LimitCounts(long seed) {
        this.seed = seed;
    }

    /** Begins anew, at nothing. */
    void count(boolean ofMacs, boolean ofCircuits, IntUnaryOperator network) {
        perMac = ofMacs;
        perCircuit = ofCircuits;
        networkOf = network;
        macs = new CountTable();
        circuits = new CountTable();
    }

    void add(Binding active, int more) {
        MacAddress mac = active.mac();
        if (perMac && mac != null) {
            macs.add(mac.hash64(seed), more);
        }
        Octets relayInfo = active.relayInfo();
        if (perCircuit && relayInfo != null) {
            long circuit = circuit(relayInfo, active.address());
            if (circuit != 0) {
                circuits.add(circuit, more);
            }
        }
    }

    int activeOf(MacAddress mac) {
        return macs.get(mac.hash64(seed));
    }

    int activeBehind(Octets relayInfo, int address) {
        long circuit = circuit(relayInfo, address);
        return circuit == 0 ? 0 : circuits.get(circuit);
    }

    /** The hash of network, circuit-id and remote-id; 0 where no circuit is named. A last sub-option that is cut short is left out. */
    private long circuit(Octets relayInfo, int address) {
        long hash = Hash64.mix(seed ^ networkOf.applyAsInt(address));
        boolean named = false;
        int at = 0;
        while (at + 2 <= relayInfo.length()) {
            int code = relayInfo.at(at);
            int end = at + 2 + relayInfo.at(at + 1);
            if (end > relayInfo.length()) {
                break;
            }
            if (code == CIRCUIT_ID || code == REMOTE_ID) {
                named |= code == CIRCUIT_ID;
                for (int i = at; i < end; i++) {
                    hash = Hash64.mix(hash ^ relayInfo.at(i)) + seed;
                }
            }
            at = end;
        }
        return named ? hash | 1 : 0;
    }
}
