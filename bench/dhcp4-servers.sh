# Sourced by bench/dhcp4: the servers it compares, each with the same network, subnet and pool, and a store in $STATE.
# serve_NAME runs one in the foreground of its namespace's shell, so that the process it is started as is the server.

POOL_FIRST=10.0.1.0
POOL_LAST=10.255.255.254

# Answers without a thought: what the test bed can do at most.
serve_echo() {
  exec "$JDK/bin/java" -Xmx64m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -cp "$WORK/classes" \
    io.innkeeper.bench.DhcpEcho "$SERVER"
}

serve_innkeeper() {
  cat >"$STATE/innkeeper.yaml" <<END
store: sqlite:$STATE/innkeeper.db
api:
  listen: 127.0.0.1:8067
log:
  level: warn
dhcp4:
  mode: selective
  interfaces: [$LINK_S]
  authoritative: true
  lifetime: 12h
  conflict-check: {arp: false, icmp: false}
  options: {domain-name-servers: [$SERVER], domain-name: bench.example}
  subnets:
    - prefix: 10.0.0.0/8
      pools: [{range: $POOL_FIRST-$POOL_LAST}]
      options: {routers: [$SERVER]}
END
  exec "$ROOT/innkeeper" run --config "$STATE/innkeeper.yaml"
}

# kea_config THREADS
kea_config() {
  cat >"$STATE/kea.conf" <<END
{"Dhcp4": {
  "interfaces-config": {"interfaces": ["$LINK_S"], "dhcp-socket-type": "udp"},
  "lease-database": {"type": "memfile", "persist": true, "name": "$STATE/leases.csv", "lfc-interval": 0},
  "multi-threading": {"enable-multi-threading": $1, "thread-pool-size": 2, "packet-queue-size": 64},
  "dhcp-ddns": {"enable-updates": false},
  "reservations-in-subnet": false,
  "authoritative": true,
  "valid-lifetime": 43200,
  "option-data": [{"name": "domain-name-servers", "data": "$SERVER"}, {"name": "domain-name", "data": "bench.example"}],
  "subnet4": [{
    "subnet": "10.0.0.0/8", "pools": [{"pool": "$POOL_FIRST - $POOL_LAST"}],
    "option-data": [{"name": "routers", "data": "$SERVER"}]
  }],
  "loggers": [{"name": "kea-dhcp4", "severity": "ERROR", "output_options": [{"output": "stderr"}]}]
}}
END
  KEA_LOCKFILE_DIR=$STATE KEA_PIDFILE_DIR=$STATE
  export KEA_LOCKFILE_DIR KEA_PIDFILE_DIR
}

serve_kea() {
  kea_config false
  exec kea-dhcp4 -c "$STATE/kea.conf"
}

serve_kea_threads() {
  kea_config true
  exec kea-dhcp4 -c "$STATE/kea.conf"
}

serve_dnsmasq() {
  exec dnsmasq --keep-in-foreground --conf-file=/dev/null --port=0 --interface="$LINK_S" --user=root --pid-file \
    --dhcp-range="$POOL_FIRST,10.0.255.254,255.0.0.0,12h" --dhcp-lease-max=60000 --dhcp-leasefile="$STATE/leases" \
    --dhcp-authoritative --no-ping --quiet-dhcp --log-facility="$STATE/log" --domain=bench.example \
    --dhcp-option=option:router,"$SERVER" --dhcp-option=option:dns-server,"$SERVER"
}

# needs_NAME: the programs that a server needs; it is left out where one is missing.
needed_by() {
  case $1 in
  kea | kea_threads) echo kea-dhcp4 ;;
  dnsmasq) echo dnsmasq ;;
  esac
}
