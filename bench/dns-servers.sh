# Sourced by bench/dns: the servers it compares. Each forwards to the NSD on $UPSTREAM, keeps what it heard, works with one thread,
# writes no query log, and with BLOCKED=yes answers 0.0.0.0 for the names of $WORK/blocked.
# serve_NAME runs one in the foreground of its namespace's shell, so that the process it is started as is the server.

UPSTREAM=127.0.0.1
UPSTREAM_PORT=5300

# Has the answers for all the others.
serve_upstream() {
  mkdir -p "$STATE"
  cat >"$STATE/nsd.conf" <<END
server:
  ip-address: $UPSTREAM@$UPSTREAM_PORT
  username: ""
  chroot: ""
  zonesdir: "$STATE"
  database: ""
  pidfile: "$STATE/nsd.pid"
  xfrdfile: "$STATE/xfrd.state"
  zonelistfile: "$STATE/zone.list"
  logfile: "$STATE/nsd.log"
  server-count: 1
  rrl-ratelimit: 0
remote-control:
  control-enable: no
zone:
  name: bench.example
  zonefile: "$WORK/zone"
END
  exec nsd -d -c "$STATE/nsd.conf"
}

# Answers without a thought: what the test bed can do at most.
serve_echo() {
  exec "$JDK/bin/java" -Xmx64m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -cp "$WORK/classes" \
    io.innkeeper.bench.DnsEcho "$SERVER"
}

# innkeeper_with LOG: off, anonymous or full
innkeeper_with() {
  cat >"$STATE/innkeeper.yaml" <<END
store: sqlite:$STATE/innkeeper.db
api:
  listen: 127.0.0.1:8067
log:
  level: warn
dns:
  listen: $SERVER:53
  upstreams: udp://$UPSTREAM:$UPSTREAM_PORT
  access: {allow: 10.0.0.0/8}
  limits: {per-client: 0, waiting-per-client: 4096}
  log: "$1"
END
  [ "$BLOCKED" != yes ] || echo "  block: [{list: $WORK/blocked, form: domains}]" >>"$STATE/innkeeper.yaml"
  exec "$ROOT/innkeeper" run --config "$STATE/innkeeper.yaml"
}

serve_innkeeper() {
  innkeeper_with off
}

# The same with a query log.
serve_innkeeper_log() {
  innkeeper_with full
}

serve_unbound() {
  cat >"$STATE/unbound.conf" <<END
server:
  interface: $SERVER
  access-control: 10.0.0.0/8 allow
  do-not-query-localhost: no
  num-threads: 1
  chroot: ""
  username: ""
  directory: "$STATE"
  pidfile: ""
  use-syslog: no
  do-daemonize: no
  module-config: "iterator"
  so-rcvbuf: 8m
  so-sndbuf: 4m
  msg-cache-size: 16m
  rrset-cache-size: 32m
forward-zone:
  name: "."
  forward-addr: $UPSTREAM@$UPSTREAM_PORT
remote-control:
  control-enable: no
END
  if [ "$BLOCKED" = yes ]; then
    { echo "server:" && sed 's/.*/local-zone: "&" always_null/' "$WORK/blocked"; } >>"$STATE/unbound.conf"
  fi
  exec unbound -d -c "$STATE/unbound.conf"
}

serve_pdns_recursor() {
  exec pdns_recursor --config-dir="$STATE" --socket-dir="$STATE" --local-address="$SERVER" --allow-from=10.0.0.0/8 \
    --forward-zones=bench.example=$UPSTREAM:$UPSTREAM_PORT --threads=1 --pdns-distributes-queries=no --dnssec=off --quiet=yes \
    --dont-query= --daemon=no --disable-syslog=yes --write-pid=no --security-poll-suffix=
}

serve_dnsdist() {
  cat >"$STATE/dnsdist.conf" <<END
setLocal("$SERVER:53")
setACL("10.0.0.0/8")
setSecurityPollSuffix("")
newServer({address="$UPSTREAM:$UPSTREAM_PORT", healthCheckMode="up", sockets=4})
setMaxUDPOutstanding(20000)
getPool(""):setCache(newPacketCache(100000))
END
  exec dnsdist --supervised --disable-syslog -C "$STATE/dnsdist.conf"
}

serve_dnsmasq() {
  : >"$STATE/dnsmasq.conf"
  [ "$BLOCKED" != yes ] || sed 's/.*/address=\/&\/#/' "$WORK/blocked" >"$STATE/dnsmasq.conf"
  exec dnsmasq --keep-in-foreground --conf-file="$STATE/dnsmasq.conf" --no-resolv --no-hosts --user=root --pid-file \
    --listen-address="$SERVER" --bind-interfaces --server=$UPSTREAM#$UPSTREAM_PORT --cache-size=20000 \
    --dns-forward-max=5000 --log-facility="$STATE/log"
}

# The program that a server needs; it is left out where that is missing.
needed_by() {
  case $1 in
  unbound | dnsdist | pdns_recursor | dnsmasq) echo "$1" ;;
  esac
}
