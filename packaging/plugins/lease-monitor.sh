# shellcheck shell=sh disable=SC2034,SC2059 # the plugins use the variables; octets are formats
# What udhcpc-lease-monitor.sh and dibbler-lease-monitor.sh share, and find in their own folder: the fields of a message, and the
# way to the monitor. It needs printf, dd, tr, cat, mkfifo, mktemp, rm, sleep, and one of nc, ncat, socat or bash.
#
# Settings, in the environment or as lines of /etc/innkeeper/plugins:
#   INNKEEPER_LEASE_MONITOR  where the monitor listens; 127.0.0.1:50324 if unset
#   INNKEEPER_LEASE_OCTETS   which build of the manager listens: 1720 (64 bits; if unset) or 1712 (32 bits); up to release 1.1.1
#                            1464 or 1456. Innkeeper takes all of them
#   INNKEEPER_UDHCPC_SCRIPT  another script that udhcpc is to call, before the monitor is told
#   INNKEEPER_DIBBLER_SCRIPT the same for dibbler

settings=${INNKEEPER_PLUGIN_SETTINGS:-/etc/innkeeper/plugins}
# shellcheck source=/dev/null
[ ! -f "$settings" ] || [ ! -r "$settings" ] || . "$settings"
octets=${INNKEEPER_LEASE_OCTETS:-1720}

# COUNT zero octets: gaps, and the rest of a text.
zeros() {
    count=$1
    while [ "$count" -ge 16 ]; do
        printf '\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0'
        count=$((count - 16))
    done
    while [ "$count" -gt 0 ]; do
        printf '\0'
        count=$((count - 1))
    done
}

# A TEXT in SIZE octets; where it is longer, it is cut and has no zero at its end.
text() {
    printf "%.$2s" "$1"
    [ "${#1}" -ge "$2" ] || zeros $(($2 - ${#1}))
}

# The same with a zero at its end, also where it is cut.
terminated() {
    text "$1" $(($2 - 1))
    zeros 1
}

# A NUMBER in one octet; 0 where it is empty.
octet() {
    set -- "${1:-0}"
    printf "\\$(($1 >> 6 & 3))$(($1 >> 3 & 7))$(($1 & 7))"
}

# A NUMBER in four octets, the lowest first.
number() {
    for shift in 0 8 16 24; do
        octet $(($1 >> shift))
    done
}

# A number as the plugins read it, with C's atoi and strtol: blanks, a sign, digits. What follows them does not count; without
# any it is 0. The largest that there is stands for all that are larger: what the shell cannot count is too large for C, too.
value_of() {
    value=${1#"${1%%[![:space:]]*}"}
    sign=
    case $value in
        -*) sign=- ;;
    esac
    value=${value#[-+]}
    value=${value%%[!0-9]*}
    value=${value#"${value%%[!0]*}"}
    value=${value:-0}
    case $octets in
        1712 | 1456)
            [ "$value" -le 2147483647 ] 2>/dev/null || value=$((2147483647 + 0${sign:+1}))
            ;;
        *)
            if ! [ "$value" -ge 0 ] 2>/dev/null; then
                value=4294967295
                [ -z "$sign" ] || value=0
                sign=
            fi
            ;;
    esac
    value=$sign$value
}

decimal() {
    value_of "$1"
    number "$value"
}

# The last eight digits of a number in hex; what is no digit does not count.
hex() {
    left=$1 value=0
    while [ -n "$left" ]; do
        digit=${left%"${left#?}"}
        left=${left#?}
        case $digit in
            [0-9A-Fa-f]) value=$(((value << 4 | 0x$digit) & 0xffffffff)) ;;
        esac
    done
    number "$value"
}

# The first two of a LIST with blanks between, of which the plugins see 255 octets: $first and $second.
servers() {
    list=$(printf '%.255s.' "$1")
    list=${list%.}
    set -f
    IFS=' '
    # shellcheck disable=SC2086 # words
    set -- $list
    first=${1-} second=${2-}
}

# How a message begins: its length, the INTERFACE, and 0 for DHCPv4 or 1 for DHCPv6. $data counts the octets of what follows.
head() {
    zeros 6
    octet $((octets >> 8))
    octet "$octets"
    text "$1" 32
    number "$2"
    data=$((octets - 36))
    case $octets in
        1720 | 1464)
            zeros 4
            data=$((octets - 40))
            ;;
    esac
}

# The program that carries octets both ways, as words; and how it is told to end when it has sent all.
carrier() {
    for program in nc 'busybox nc' ncat socat bash ''; do
        # shellcheck disable=SC2086 # words
        $program --help >/dev/null 2>&1 </dev/null
        [ $? -eq 127 ] || break
    done
    case $program in
        nc)
            case $(nc -h 2>&1 </dev/null) in
                *BusyBox*) ;;
                *-N[!a-zA-Z]*) program='nc -N' ;;
                *'-q '*) program='nc -q 0' ;;
            esac
            ;;
    esac
}

connect() {
    case $program in
        socat) exec socat - "TCP:$host:$port" ;;
        bash) exec bash -c 'exec 3<>"/dev/tcp/$0/$1" || exit; cat <&3 & cat >&3; kill $!' "$host" "$port" ;;
        *) exec $program "$host" "$port" ;;
    esac
}

# One try, which takes a second where it fails: greet as nanomsg's PUSH does, hear that the other one is a PULL, send, close.
try() {
    mkfifo "$folder/to" "$folder/from" || return
    connect <"$folder/to" >"$folder/from" 2>/dev/null &
    carrying=$!
    exec 3>"$folder/to" 4<"$folder/from"
    rm "$folder/to" "$folder/from"
    (sleep 1; kill "$carrying") >/dev/null 2>&1 3>&- 4<&- &
    limit=$!
    printf '\0SP\0\0\120\0\0' 2>/dev/null >&3
    case $(dd bs=1 count=8 2>/dev/null <&4 | tr '\0' 0) in
        0SP00Q*) cat "$folder/message" 2>/dev/null >&3 && sent=yes ;;
    esac
    exec 3>&-
    if [ "$sent" ]; then
        # It ends by itself when the monitor has closed; only then is all on its way.
        wait "$carrying"
        kill "$limit" 2>/dev/null
    else
        wait "$limit"
    fi
    exec 4<&-
    [ "$sent" ]
}

complain() {
    echo "${0##*/}: $*" >&2
    return 1
}

# Sends what "message ACTION" prints. As the plugins do, it tries for five seconds, then the message is lost.
send() (
    LC_ALL=C
    PATH=${PATH:-/bin}:/usr/sbin:/usr/bin:/sbin:/bin
    monitor=${INNKEEPER_LEASE_MONITOR:-127.0.0.1:50324}
    monitor=${monitor#tcp://}
    host=${monitor%:*} port=${monitor##*:}
    host=${host#[}
    host=${host%]}
    case $octets in
        1720 | 1712 | 1464 | 1456) ;;
        *) complain "INNKEEPER_LEASE_OCTETS is 1720, 1712, 1464 or 1456, not '$octets'" || return ;;
    esac
    carrier
    [ "$program" ] || complain "none of nc, busybox nc, ncat, socat, bash is there" || return
    folder=$(mktemp -d) || complain "no temporary folder" || return
    trap 'rm -rf "$folder"' EXIT
    trap '' PIPE
    message "$1" >"$folder/message"
    for _ in 1 2 3 4 5; do
        sent=
        ! try || return 0
    done
    complain "'$1' is lost: no lease monitor answers at $host port $port"
)
