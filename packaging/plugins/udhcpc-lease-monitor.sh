#!/bin/sh
# Tells a lease monitor what busybox's udhcpc did, octet for octet as the udhcpc plugin of the RDK DHCP manager. To be called as
# udhcpc's script (udhcpc -s, or from the script that is there), with lease-monitor.sh in the same folder, which has the settings.
# The address is not set here: name the script that does that in INNKEEPER_UDHCPC_SCRIPT.

[ $# -gt 0 ] || exit 255
self=$(readlink -f "$0") || self=$0
# shellcheck source-path=SCRIPTDIR source=lease-monitor.sh disable=SC2317 # it calls message
. "${self%/*}/lease-monitor.sh"

# The message: DHCPv4_PLUGIN_MSG, its fields in their order. Variables that are not of this action do not count.
message() {
    bound=0
    case $1 in
        bound | renew) bound=1 ;;
        *)
            unset ip subnet router dns lease renewaltime opt58 rebindingtime opt59 timezone timeoffset opt122 opt125 bootfile \
                siaddr hostname domain upstreamrate downstreamrate
            ;;
    esac
    head "${interface-}" 0
    octet "$bound" # assigned
    octet $((1 - bound)) # expired
    text "${ip-}" 32
    text "${subnet-}" 32
    text "${router-}" 32
    servers "${dns-}"
    text "$first" 64
    text "$second" 64
    text "${interface-}" 32
    zeros 2
    decimal "${lease-}"
    if [ "${rebindingtime+is}" ]; then decimal "$rebindingtime"; else hex "${opt59-}"; fi
    if [ "${renewaltime+is}" ]; then decimal "$renewaltime"; else hex "${opt58-}"; fi
    decimal "${timeoffset-}"
    octet "${timeoffset+1}"
    text "${timezone-}" 64
    zeros 3
    decimal "${upstreamrate-}"
    decimal "${downstreamrate-}"
    text "${serverid-}" 64
    text "$1" 64
    zeros 8 # MTU
    text "${sipsrv-}" 64
    text "${staticroutes-}" 64
    octet "${opt122+1}"
    octet "${opt125+1}"
    text "${opt122-}" 256
    text "${opt125-}" 256
    text "${bootfile-}" 64
    text "${siaddr-}" 64
    text "${hostname-}" 64
    text "${domain-}" 64
    zeros $((data - 1386))
}

status=0
if [ "${INNKEEPER_UDHCPC_SCRIPT-}" ]; then
    "$INNKEEPER_UDHCPC_SCRIPT" "$@" || status=$?
fi
case $1 in
    bound | renew | deconfig | leasefail) send "$1" ;;
esac
exit "$status"
