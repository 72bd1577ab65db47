#!/bin/sh
# Tells a lease monitor what dibbler-client did, octet for octet as the dibbler plugin of the RDK DHCP manager. In client.conf:
#
#   script "/usr/lib/innkeeper/dibbler-lease-monitor.sh"
#
# with lease-monitor.sh in the same folder, which has the settings. A script that was there before goes on being called where
# INNKEEPER_DIBBLER_SCRIPT names it.

[ "${1-}" ] || exit 255
self=$(readlink -f "$0") || self=$0
# shellcheck source-path=SCRIPTDIR source=lease-monitor.sh disable=SC2317 # it calls message
. "${self%/*}/lease-monitor.sh"

# The message: DHCPv6_PLUGIN_MSG, its fields in their order.
message() {
    head "${IFACE-}" 1
    case $1 in
        add | update) octet 0 ;;
        *) octet 1 ;;
    esac
    text "${IFACE-}" 32
    zeros 3
    octet "${ADDR1+1}"
    text "${ADDR1-}" 48
    zeros 3
    for times in "${ADDR1IAID-}" "${ADDR1PREF-}" "${ADDR1VALID-}" "${ADDR1T1-}" "${ADDR1T2-}"; do
        decimal "$times"
    done
    octet "${PREFIX1+1}"
    text "${PREFIX1-}" 48
    zeros 3
    decimal "${PREFIX1LEN-}"
    for times in "${PREFIX1IAID-}" "${PREFIX1PREF-}" "${PREFIX1VALID-}" "${PREFIX1T1-}" "${PREFIX1T2-}"; do
        decimal "$times"
    done
    servers "${SRV_OPTION23-}"
    octet "${SRV_OPTION23+1}"
    terminated "$first" 128
    terminated "$second" 128
    octet "${SRV_OPTION95+1}"
    text "${SRV_OPTION95-}" 256
    case $octets in
        1720 | 1712)
            octet "${SRV_OPTION94+1}"
            text "${SRV_OPTION94-}" 256
            zeros 1
            ;;
        *) zeros 2 ;;
    esac
    octet "${SRV_OPTION17+1}"
    terminated "${SRV_OPTION17-}" 256
    zeros 3
    number "${#SRV_OPTION17}"
    text "${SRV_OPTION24-}" 64
    text "${SRV_OPTION31-}" 128
    text "${SRV_OPTION64-}" 256
    case $octets in
        1720 | 1712) zeros $((data - 1668)) ;;
        *) zeros $((data - 1412)) ;;
    esac
}

# Whether there is something to tell: of a prefix without lifetime only its end.
worth_telling() {
    case $1 in
        del | delete | expire) return 0 ;;
        add | update) ;;
        *) return 1 ;;
    esac
    [ "${PREFIX1+is}" ] || return 0
    value_of "${PREFIX1PREF-}"
    [ "$((value & 0xffffffff))" -eq 0 ] || return 0
    value_of "${PREFIX1VALID-}"
    [ "$((value & 0xffffffff))" -ne 0 ]
}

status=0
if [ "${INNKEEPER_DIBBLER_SCRIPT-}" ]; then
    "$INNKEEPER_DIBBLER_SCRIPT" "$@" || status=$?
fi
! worth_telling "$1" || send "$1"
exit "$status"
