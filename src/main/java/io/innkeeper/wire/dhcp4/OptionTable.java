package io.innkeeper.wire.dhcp4;

import java.util.ArrayList;
import java.util.List;

/**
 * The IANA registry "BOOTP Vendor Extensions and DHCP Options", and codes for private use whose meaning everybody knows.
 * Columns: code, name, type, where it is specified, other names. Names are those of ISC dhcpd and Kea where they have one;
 * those of dnsmasq are among the others.
 */
final class OptionTable {
    private static final String RFC_2132 = """
            1|subnet-mask|address|RFC 2132 §3.3|netmask
            2|time-offset|s32|RFC 2132 §3.4|
            3|routers|address-list|RFC 2132 §3.5|router,gateway
            4|time-servers|address-list|RFC 2132 §3.6|time-server
            5|name-servers|address-list|RFC 2132 §3.7|ien116-name-servers
            6|domain-name-servers|address-list|RFC 2132 §3.8|dns-server,dns-servers,domain-name-server
            7|log-servers|address-list|RFC 2132 §3.9|log-server
            8|cookie-servers|address-list|RFC 2132 §3.10|quotes-server
            9|lpr-servers|address-list|RFC 2132 §3.11|lpr-server
            10|impress-servers|address-list|RFC 2132 §3.12|
            11|resource-location-servers|address-list|RFC 2132 §3.13|
            12|host-name|text|RFC 2132 §3.14|hostname
            13|boot-size|u16|RFC 2132 §3.15|boot-file-size
            14|merit-dump|text|RFC 2132 §3.16|
            15|domain-name|text|RFC 2132 §3.17|
            16|swap-server|address|RFC 2132 §3.18|
            17|root-path|text|RFC 2132 §3.19|
            18|extensions-path|text|RFC 2132 §3.20|extension-path
            19|ip-forwarding|boolean|RFC 2132 §4.1|ip-forward-enable
            20|non-local-source-routing|boolean|RFC 2132 §4.2|
            21|policy-filter|address-pairs|RFC 2132 §4.3|
            22|max-dgram-reassembly|u16|RFC 2132 §4.4|max-datagram-reassembly
            23|default-ip-ttl|u8|RFC 2132 §4.5|default-ttl
            24|path-mtu-aging-timeout|u32|RFC 2132 §4.6|
            25|path-mtu-plateau-table|u16-list|RFC 2132 §4.7|
            26|interface-mtu|u16|RFC 2132 §5.1|mtu
            27|all-subnets-local|boolean|RFC 2132 §5.2|
            28|broadcast-address|address|RFC 2132 §5.3|broadcast
            29|perform-mask-discovery|boolean|RFC 2132 §5.4|
            30|mask-supplier|boolean|RFC 2132 §5.5|
            31|router-discovery|boolean|RFC 2132 §5.6|
            32|router-solicitation-address|address|RFC 2132 §5.7|router-solicitation
            33|static-routes|address-pairs|RFC 2132 §5.8|static-route
            34|trailer-encapsulation|boolean|RFC 2132 §6.1|
            35|arp-cache-timeout|u32|RFC 2132 §6.2|arp-timeout
            36|ieee802-3-encapsulation|boolean|RFC 2132 §6.3|ethernet-encap
            37|default-tcp-ttl|u8|RFC 2132 §7.1|tcp-ttl
            38|tcp-keepalive-interval|u32|RFC 2132 §7.2|tcp-keepalive
            39|tcp-keepalive-garbage|boolean|RFC 2132 §7.3|
            40|nis-domain|text|RFC 2132 §8.1|
            41|nis-servers|address-list|RFC 2132 §8.2|nis-server
            42|ntp-servers|address-list|RFC 2132 §8.3|ntp-server
            43|vendor-encapsulated-options|bytes|RFC 2132 §8.4|vendor-encap,vendor-options
            44|netbios-name-servers|address-list|RFC 2132 §8.5|netbios-ns,wins-servers
            45|netbios-dd-server|address-list|RFC 2132 §8.6|netbios-dd
            46|netbios-node-type|u8|RFC 2132 §8.7|netbios-nodetype
            47|netbios-scope|text|RFC 2132 §8.8|
            48|font-servers|address-list|RFC 2132 §8.9|x-windows-fs
            49|x-display-manager|address-list|RFC 2132 §8.10|x-windows-dm
            50|dhcp-requested-address|address|RFC 2132 §9.1|requested-address
            51|dhcp-lease-time|u32|RFC 2132 §9.2|lease-time
            52|dhcp-option-overload|u8|RFC 2132 §9.3|option-overload
            53|dhcp-message-type|u8|RFC 2132 §9.6|message-type
            54|dhcp-server-identifier|address|RFC 2132 §9.7|server-identifier
            55|dhcp-parameter-request-list|u8-list|RFC 2132 §9.8|parameter-request
            56|dhcp-message|text|RFC 2132 §9.9|message
            57|dhcp-max-message-size|u16|RFC 2132 §9.10|max-message-size
            58|dhcp-renewal-time|u32|RFC 2132 §9.11|renewal-time,t1
            59|dhcp-rebinding-time|u32|RFC 2132 §9.12|rebinding-time,t2
            60|vendor-class-identifier|text|RFC 2132 §9.13|vendor-class
            61|dhcp-client-identifier|bytes|RFC 2132 §9.14|client-id
            62|nwip-domain|text|RFC 2242 §2|
            63|nwip-suboptions|bytes|RFC 2242 §3|
            64|nisplus-domain|text|RFC 2132 §8.11|nis+-domain
            65|nisplus-servers|address-list|RFC 2132 §8.12|nis+-server
            66|tftp-server-name|text|RFC 2132 §9.4|tftp-server
            67|bootfile-name|text|RFC 2132 §9.5|boot-file,boot-file-name
            68|mobile-ip-home-agent|address-list|RFC 2132 §8.13|mobile-ip-home
            69|smtp-server|address-list|RFC 2132 §8.14|smtp-servers
            70|pop-server|address-list|RFC 2132 §8.15|pop3-server
            71|nntp-server|address-list|RFC 2132 §8.16|
            72|www-server|address-list|RFC 2132 §8.17|
            73|finger-server|address-list|RFC 2132 §8.18|
            74|irc-server|address-list|RFC 2132 §8.19|
            75|streettalk-server|address-list|RFC 2132 §8.20|
            76|streettalk-directory-assistance-server|address-list|RFC 2132 §8.21|
            """;

    private static final String LATER = """
            77|user-class|user-class|RFC 3004|
            78|slp-directory-agent|bytes|RFC 2610 §3|
            79|slp-service-scope|bytes|RFC 2610 §4|
            80|rapid-commit|flag|RFC 4039|
            81|client-fqdn|client-fqdn|RFC 4702|fqdn
            82|relay-agent-information|bytes|RFC 3046|agent-id,dhcp-agent-options
            83|isns|bytes|RFC 4174|isns-servers
            85|nds-servers|address-list|RFC 2241 §2|
            86|nds-tree-name|text|RFC 2241 §3|
            87|nds-context|text|RFC 2241 §4|
            88|bcms-controller-names|domain-list|RFC 4280 §4.1|
            89|bcms-controller-address|address-list|RFC 4280 §4.3|
            90|authenticate|bytes|RFC 3118|
            91|client-last-transaction-time|u32|RFC 4388 §6.1|
            92|associated-ip|address-list|RFC 4388 §6.1|
            93|client-system|u16-list|RFC 4578 §2.1|client-arch,pxe-system-type
            94|client-ndi|bytes|RFC 4578 §2.2|client-interface-id,pxe-interface-id
            95|ldap|text|RFC 3679 §3.4|
            97|uuid-guid|bytes|RFC 4578 §2.3|client-machine-id,pxe-client-id
            98|uap-servers|text|RFC 2485 §2|user-auth
            99|geoconf-civic|bytes|RFC 4776|
            100|posix-timezone|text|RFC 4833 §2|pcode
            101|tzdb-timezone|text|RFC 4833 §2|tcode
            108|ipv6-only-preferred|u32|RFC 8925|v6-only-preferred,ipv6-only
            109|dhcp4o6-s46-saddr|bytes|RFC 8539 §7.2|
            112|netinfo-server-address|address-list|RFC 3679 §3.9|
            113|netinfo-server-tag|text|RFC 3679 §3.10|
            114|captive-portal-uri|uri|RFC 8910|captive-portal,v4-captive-portal
            116|auto-config|u8|RFC 2563|
            117|name-service-search|u16-list|RFC 2937|
            118|subnet-selection|address|RFC 3011|subnet-select
            119|domain-search|domain-list|RFC 3397|
            120|sip-servers|sip-servers|RFC 3361|sip-server
            121|classless-static-routes|routes|RFC 3442|classless-static-route,rfc3442-classless-static-routes
            122|ccc|bytes|RFC 3495|cablelabs-client-configuration
            123|geoconf|bytes|RFC 6225|
            124|vendor-identifying-class|vendor-identifying|RFC 3925 §3|vivco-suboptions
            125|vendor-identifying-options|vendor-identifying|RFC 3925 §4|vendor-id-encap,vivso-suboptions
            128|pxe-128|bytes|RFC 4578 §2.4|
            129|pxe-129|bytes|RFC 4578 §2.4|
            130|pxe-130|bytes|RFC 4578 §2.4|
            131|pxe-131|bytes|RFC 4578 §2.4|
            132|pxe-132|bytes|RFC 4578 §2.4|
            133|pxe-133|bytes|RFC 4578 §2.4|
            134|pxe-134|bytes|RFC 4578 §2.4|
            135|pxe-135|bytes|RFC 4578 §2.4|
            136|pana-agent|address-list|RFC 5192|
            137|v4-lost|domain-list|RFC 5223|
            138|capwap-ac-v4|address-list|RFC 5417|
            139|ipv4-address-mos|bytes|RFC 5678|
            140|ipv4-fqdn-mos|bytes|RFC 5678|
            141|sip-ua-cs-domains|domain-list|RFC 6011|
            142|ipv4-address-andsf|address-list|RFC 6153|
            143|v4-sztp-redirect|bytes|RFC 8572 §8.3|
            144|geoloc|bytes|RFC 6225|
            145|forcerenew-nonce-capable|u8-list|RFC 6704|
            146|rdnss-selection|bytes|RFC 6731 §4.3|
            147|v4-dots-ri|domain-list|RFC 8973 §5.2|
            148|v4-dots-address|address-list|RFC 8973 §5.2|
            150|tftp-server-address|address-list|RFC 5859|tftp-server-addresses
            151|status-code|bytes|RFC 6926 §6.2.2|
            152|base-time|u32|RFC 6926 §6.2.3|
            153|start-time-of-state|u32|RFC 6926 §6.2.4|
            154|query-start-time|u32|RFC 6926 §6.2.5|
            155|query-end-time|u32|RFC 6926 §6.2.6|
            156|dhcp-state|u8|RFC 6926 §6.2.7|
            157|data-source|u8|RFC 6926 §6.2.8|
            158|v4-pcp-server|bytes|RFC 7291|
            159|v4-portparams|bytes|RFC 7618 §9|
            161|mud-url|uri|RFC 8520 §10|mud-url-v4
            162|v4-dnr|bytes|RFC 9463 §5|dnr
            175|etherboot-175|bytes|in use without a specification|
            176|ip-telephone|text|in use without a specification|
            177|packetcable-177|bytes|in use without a specification|etherboot-177
            208|pxelinux-magic|bytes|RFC 5071 §3|
            209|configuration-file|text|RFC 5071 §4|pxelinux-config-file,loader-configfile
            210|path-prefix|text|RFC 5071 §5|pxelinux-path-prefix,loader-pathprefix
            211|reboot-time|u32|RFC 5071 §6|pxelinux-reboot-time,loader-reboottime
            212|6rd|bytes|RFC 5969 §7.1.1|option-6rd
            213|v4-access-domain|domain-list|RFC 5986 §3.3|
            220|subnet-allocation|bytes|RFC 6656|
            221|virtual-subnet-selection|bytes|RFC 6607|
            249|ms-classless-static-routes|routes|private use; Microsoft's 121|
            252|wpad-url|text|private use; Web Proxy Auto-Discovery|wpad
            """;

    private OptionTable() {}

    static List<OptionDefinition> definitions() {
        List<OptionDefinition> definitions = new ArrayList<>();
        (RFC_2132 + LATER).lines().map(OptionTable::definition).forEach(definitions::add);
        return definitions;
    }

    private static OptionDefinition definition(String line) {
        String[] columns = line.split("\\|", -1);
        return new OptionDefinition(
                Integer.parseInt(columns[0]),
                columns[1],
                OptionType.byName(columns[2]).orElseThrow(),
                columns[3],
                columns[4].isEmpty() ? List.of() : List.of(columns[4].split(",", -1)));
    }
}
