#!/bin/sh
# Tells Innkeeper what dnsmasq did. In dnsmasq.conf:
#
#   dhcp-script=/usr/local/bin/innkeeper-notify.sh
#
# dnsmasq calls it as: ACTION MAC-or-DUID ADDRESS [HOSTNAME], with DNSMASQ_* variables in the environment. All of that is
# posted as a form. Needs a POSIX shell, awk, sed, od (or hexdump), and curl or wget; busybox has them. Never makes dnsmasq
# wait more than a few seconds, never fails: the lease file tells Innkeeper the same, only with fewer details.
#
#   INNKEEPER_URL     where Innkeeper listens; http://127.0.0.1:8067 if unset
#   INNKEEPER_SOURCE  which dnsmasq this is, by its name in Innkeeper's configuration; needed where it watches several

LC_ALL=C
PATH="${PATH:-/usr/sbin:/usr/bin:/sbin:/bin}"
export LC_ALL PATH
url="${INNKEEPER_URL:-http://127.0.0.1:8067}/internal/v1/dnsmasq"
seconds=2
most_variables=60

octets() {
    if command -v od >/dev/null 2>&1; then
        od -An -v -tx1
    else
        hexdump -v -e '1/1 "%02x "'
    fi
}

# Standard input, with every octet that is not a letter, a digit or one of - . _ ~ as %XX.
percent_encoded() {
    octets | awk '{
        for (i = 1; i <= NF; i++) {
            n = 16 * (index("0123456789abcdef", substr($i, 1, 1)) - 1) + index("0123456789abcdef", substr($i, 2, 1)) - 1
            if ((n >= 48 && n <= 57) || (n >= 65 && n <= 90) || (n >= 97 && n <= 122) || n == 45 || n == 46 || n == 95 || n == 126)
                printf "%c", n
            else
                printf "%%%s", $i
        }
    }'
}

# Adds NAME=VALUE to the form, where there is a value. Most values need no encoding, and so no other process.
form=
add() {
    case $2 in
        '') return ;;
        *[!A-Za-z0-9._~:,-]*) form="$form&$1=$(printf '%s' "$2" | percent_encoded)" ;;
        *) form="$form&$1=$2" ;;
    esac
}

# Not every wget has a time limit of its own.
wget_within_limit() {
    wget -q -O /dev/null --post-data "${form#&}" "$url" &
    work=$!
    (sleep "$seconds"; kill "$work") >/dev/null 2>&1 &
    limit=$!
    wait "$work"
    result=$?
    kill "$limit" 2>/dev/null
    return "$result"
}

post() {
    if command -v curl >/dev/null 2>&1; then
        curl -sS -f -m "$seconds" -o /dev/null --data "${form#&}" "$url"
    elif command -v wget >/dev/null 2>&1; then
        wget_within_limit
    else
        echo 'neither curl nor wget is there'
        return 1
    fi
}

add action "$1"
add mac "$2"
add ip "$3"
add hostname "$4"
add source "$INNKEEPER_SOURCE"
# A value of several lines may look like more variables; those are not set, so they add nothing.
for name in $(env | sed -n 's/^\(DNSMASQ_[A-Z0-9_]*\)=.*/\1/p' | head -n "$most_variables"); do
    eval "value=\${$name-}"
    add "$name" "$value"
done

answer=$(post 2>&1) || echo "innkeeper-notify: $url was not told of $1 $3: ${answer:-no answer}" >&2
exit 0
