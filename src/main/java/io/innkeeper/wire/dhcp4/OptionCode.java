package io.innkeeper.wire.dhcp4;

/**
 * Codes of the options that the server itself reads or writes. All others are in {@link OptionRegistry}. RFC 2132 where
 * nothing else is said.
 */
public final class OptionCode {
    /** Filling, without a length. Not an option. */
    public static final int PAD = 0;

    public static final int SUBNET_MASK = 1;
    public static final int TIME_OFFSET = 2;
    public static final int ROUTER = 3;
    public static final int DNS = 6;
    public static final int LOG_SERVER = 7;
    public static final int HOST_NAME = 12;
    public static final int DOMAIN_NAME = 15;
    public static final int ROOT_PATH = 17;
    public static final int INTERFACE_MTU = 26;
    public static final int BROADCAST_ADDRESS = 28;
    public static final int STATIC_ROUTES = 33;
    public static final int NTP_SERVERS = 42;
    public static final int VENDOR_OPTIONS = 43;
    public static final int NETBIOS_NAME_SERVERS = 44;
    public static final int REQUESTED_ADDRESS = 50;
    public static final int LEASE_TIME = 51;

    /** Says which of {@code file} and {@code sname} carry options; a matter of reading and writing, never in {@link Options}. */
    public static final int OVERLOAD = 52;

    public static final int MESSAGE_TYPE = 53;
    public static final int SERVER_ID = 54;
    public static final int PARAMETER_REQUEST_LIST = 55;
    public static final int MESSAGE = 56;
    public static final int MAX_SIZE = 57;
    public static final int T1 = 58;
    public static final int T2 = 59;
    public static final int VENDOR_CLASS = 60;
    public static final int CLIENT_ID = 61;
    public static final int TFTP_SERVER = 66;
    public static final int BOOT_FILE = 67;

    /** RFC 3004. */
    public static final int USER_CLASS = 77;

    /** RFC 4039. */
    public static final int RAPID_COMMIT = 80;

    /** RFC 4702. */
    public static final int CLIENT_FQDN = 81;

    /** RFC 3046. */
    public static final int RELAY_AGENT = 82;

    /** RFC 4388 §6.1: when the lease query's client was last heard. */
    public static final int CLIENT_LAST_TRANSACTION = 91;

    /** RFC 4388 §6.1: other addresses of the lease query's client. */
    public static final int ASSOCIATED_IP = 92;

    /** RFC 4578 §2.1. */
    public static final int ARCHITECTURE = 93;

    /** RFC 4578 §2.2. */
    public static final int NETWORK_INTERFACE_ID = 94;

    /** RFC 4578 §2.3. */
    public static final int MACHINE_ID = 97;

    /** RFC 8925. */
    public static final int IPV6_ONLY = 108;

    /** RFC 8910. */
    public static final int CAPTIVE_PORTAL = 114;

    /** RFC 2563. */
    public static final int AUTO_CONFIGURE = 116;

    /** RFC 3011. */
    public static final int SUBNET_SELECTION = 118;

    /** RFC 3397. */
    public static final int DOMAIN_SEARCH = 119;

    /** RFC 3442. */
    public static final int CLASSLESS_ROUTES = 121;

    /** RFC 3925. */
    public static final int VENDOR_IDENTIFYING_CLASS = 124;

    /** RFC 3925. */
    public static final int VENDOR_IDENTIFYING_OPTIONS = 125;

    /** RFC 8520. */
    public static final int MUD_URL = 161;

    /** What Microsoft's clients ask for beside 121; the same content. */
    public static final int MICROSOFT_ROUTES = 249;

    /** Web Proxy Auto-Discovery, a draft that is widely asked for. */
    public static final int WPAD = 252;

    /** The end of the options, without a length. Not an option. */
    public static final int END = 255;

    private OptionCode() {}
}
