# Sourced by benchmarks of servers, behind common.sh: two network namespaces joined by a veth pair, processes in them, and the
# end of all that. The caller sets NAME (of the benchmark), SERVER and CLIENT (addresses), and then calls guard.
PATH=$PATH:/usr/sbin:/sbin
NS_S=innkeeper-$NAME-$$-s
NS_C=innkeeper-$NAME-$$-c
LINK_S=veth0
LINK_C=veth1
BUFFER=

remove_namespaces() {
  for name in $(ip netns list | sed -n "s/^\(innkeeper-$NAME-[0-9]*-[sc]\).*/\1/p"); do
    owner=${name#innkeeper-"$NAME"-}
    owner=${owner%-?}
    # Those of other runs only where the run is gone.
    [ "$owner" != $$ ] && kill -0 "$owner" 2>/dev/null || ip netns delete "$name"
  done
}

# forget PID: it has ended; its number may be another process's soon.
forget() {
  PIDS=$(echo " $PIDS " | sed "s/ $1 / /g")
}

# end PID [SECONDS]: asks it to end, and insists after a while.
end() {
  tries=$((${2:-10} * 10))
  kill "$1" 2>/dev/null
  while kill -0 "$1" 2>/dev/null && [ $tries -gt 0 ]; do
    tries=$((tries - 1))
    sleep 0.1
  done
  kill -9 "$1" 2>/dev/null && echo "process $1 did not end in time" >&2
  wait "$1" 2>/dev/null
  forget "$1"
}

clean() {
  for pid in $PIDS; do end "$pid"; done
  remove_namespaces
  [ -z "$BUFFER" ] || sysctl -q -w net.core.rmem_default="$BUFFER"
  rm -rf "$WORK"
}

guard() {
  trap clean EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

# Servers that leave their receive buffer as it is shall not lose packets for it. The size belongs to the whole machine.
raise_buffers() {
  now=$(sysctl -n net.core.rmem_default)
  [ "$now" -ge 4194304 ] || { sysctl -q -w net.core.rmem_default=4194304 && BUFFER=$now; }
}

make_network() {
  remove_namespaces
  ip netns add "$NS_S" && ip netns add "$NS_C" || exit 1
  ip -n "$NS_S" link add $LINK_S type veth peer name $LINK_C netns "$NS_C"
  ip -n "$NS_S" address add "$SERVER"/8 dev $LINK_S
  ip -n "$NS_C" address add "$CLIENT"/8 dev $LINK_C
  for end in "$NS_S $LINK_S" "$NS_C $LINK_C"; do
    set -- $end
    ip -n "$1" link set lo up
    ip -n "$1" link set "$2" up
    # Raw sockets would see the checksum that a network card was to fill in.
    ip netns exec "$1" ethtool -K "$2" tx off >/dev/null 2>&1
  done
  # No address resolution in the middle of a measurement.
  ip -n "$NS_S" neigh replace "$CLIENT" lladdr "$(mac_of "$NS_C" $LINK_C)" dev $LINK_S nud permanent
  ip -n "$NS_C" neigh replace "$SERVER" lladdr "$(mac_of "$NS_S" $LINK_S)" dev $LINK_C nud permanent
}

mac_of() {
  ip -n "$1" link show "$2" | sed -n 's/.*link\/ether \([0-9a-f:]*\).*/\1/p'
}

# value KEY: a number or text of the line of JSON on standard input
value() {
  sed -n "s/.*\"$1\":\"\{0,1\}\([^,\"}]*\).*/\1/p"
}

need_root() {
  if [ "$(id -u)" != 0 ]; then
    echo "Network namespaces need root." >&2
    exit 1
  fi
  for need in ip ethtool "$@"; do
    command -v "$need" >/dev/null 2>&1 || { echo "$need is missing; see bench/README.md" >&2 && exit 1; }
  done
}

# compile_load: the generators, into $WORK/classes; the JDK is $JDK.
compile_load() {
  . "$ROOT/packaging/find-jdk.sh"
  find_jdk || exit 1
  mkdir "$WORK/classes"
  # shellcheck disable=SC2046 # no blanks in these names
  (cd "$ROOT/src/test/java/io/innkeeper/bench" &&
    "$JDK/bin/javac" -proc:none -nowarn -Xlint:none -d "$WORK/classes" \
      $(find . -maxdepth 1 -name '*.java' ! -name '*Test.java' ! -name package-info.java)) || exit 1
}
