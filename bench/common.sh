# Sourced by the benchmarks: finds the program, starts and stops it, tells about the machine.
set -u
ROOT=$(cd "$(dirname "$0")/.." && pwd)
WORK=$(mktemp -d)
mkdir "$WORK/db"
PIDS=""
PORT=${PORT:-18099}

finish() {
  for pid in $PIDS; do kill "$pid" 2>/dev/null; done
  for pid in $PIDS; do wait "$pid" 2>/dev/null; done
  rm -rf "$WORK"
}
trap finish EXIT INT TERM

machine() {
  echo "machine: $(nproc) cores ($(awk -F: '/model name/ {print $2; exit}' /proc/cpuinfo | sed 's/^ *//')), load $(cut -d' ' -f1 /proc/loadavg)"
}

# The flags the launcher would use, so that what is measured is what users get.
program() {
  "$ROOT/innkeeper" "$@"
}

# start LEASES [key=value …]: runs Innkeeper on $PORT in the background; its pid is $PID.
start() {
  leases=$1
  shift
  set -- "dnsmasq.leases=$leases" "$@"
  args=""
  for setting in "$@"; do args="$args --set $setting"; done
  # shellcheck disable=SC2086 # settings have no blanks here
  "$ROOT/innkeeper" run --set "api.listen=127.0.0.1:$PORT" --set "store=sqlite:$WORK/db/bench.db" --set log.level=warn $args \
    >"$WORK/log" 2>&1 &
  PID=$!
  PIDS="$PIDS $PID"
}

answers() {
  curl -s -o /dev/null "http://127.0.0.1:$PORT/health/live"
}

await_answer() {
  tries=0
  until answers; do
    tries=$((tries + 1))
    if [ $tries -gt 3000 ]; then
      echo "Innkeeper does not answer:" >&2
      cat "$WORK/log" >&2
      exit 1
    fi
    sleep 0.01
  done
}

stop() {
  kill "$PID" 2>/dev/null
  wait "$PID" 2>/dev/null
}

rss_mb() {
  awk '/VmRSS/ {printf "%d", $2 / 1024}' "/proc/$1/status"
}

peak_mb() {
  awk '/VmHWM/ {printf "%d", $2 / 1024}' "/proc/$1/status"
}

# CPU seconds a process has used so far.
cpu_s() {
  awk -v tick="$(getconf CLK_TCK)" '{sub(/.*\) /, ""); printf "%.2f", ($12 + $13) / tick}' "/proc/$1/stat"
}

now_ms() {
  echo $(($(date +%s%N) / 1000000))
}

# median and 90th percentile of the numbers on standard input
quantiles() {
  sort -n | awk '{v[NR] = $1} END {printf "p50 %s  p90 %s  min %s  max %s", v[int((NR + 1) / 2)], v[int(NR * 0.9 + 0.5)], v[1], v[NR]}'
}

# The JDK and class path for programs of this folder.
java25() {
  . "$ROOT/packaging/find-jdk.sh"
  find_jdk || exit 1
  "$JDK/bin/java" -cp "$ROOT/target/innkeeper.jar:$ROOT/target/lib/*" "$@"
}
