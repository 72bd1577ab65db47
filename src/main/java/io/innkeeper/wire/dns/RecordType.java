package io.innkeeper.wire.dns;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** Types of records, 16 bits (IANA "Resource Record (RR) TYPEs"), and those that stand in questions only. */
public final class RecordType {
    public static final int A = 1;
    public static final int NS = 2;
    public static final int MD = 3;
    public static final int MF = 4;
    public static final int CNAME = 5;
    public static final int SOA = 6;
    public static final int MB = 7;
    public static final int MG = 8;
    public static final int MR = 9;
    public static final int NULL = 10;
    public static final int WKS = 11;
    public static final int PTR = 12;
    public static final int HINFO = 13;
    public static final int MINFO = 14;
    public static final int MX = 15;
    public static final int TXT = 16;
    public static final int RP = 17;
    public static final int AFSDB = 18;
    public static final int RT = 21;
    public static final int SIG = 24;
    public static final int KEY = 25;
    public static final int PX = 26;
    public static final int AAAA = 28;
    public static final int LOC = 29;
    public static final int NXT = 30;
    public static final int SRV = 33;
    public static final int NAPTR = 35;
    public static final int KX = 36;
    public static final int CERT = 37;
    public static final int DNAME = 39;

    /** Carries EDNS (RFC 6891), not data of a name. */
    public static final int OPT = 41;

    public static final int APL = 42;
    public static final int DS = 43;
    public static final int SSHFP = 44;
    public static final int IPSECKEY = 45;
    public static final int RRSIG = 46;
    public static final int NSEC = 47;
    public static final int DNSKEY = 48;
    public static final int DHCID = 49;
    public static final int NSEC3 = 50;
    public static final int NSEC3PARAM = 51;
    public static final int TLSA = 52;
    public static final int SMIMEA = 53;
    public static final int HIP = 55;
    public static final int CDS = 59;
    public static final int CDNSKEY = 60;
    public static final int OPENPGPKEY = 61;
    public static final int CSYNC = 62;
    public static final int ZONEMD = 63;
    public static final int SVCB = 64;
    public static final int HTTPS = 65;
    public static final int SPF = 99;
    public static final int EUI48 = 108;
    public static final int EUI64 = 109;
    public static final int TKEY = 249;
    public static final int TSIG = 250;
    public static final int IXFR = 251;
    public static final int AXFR = 252;
    public static final int MAILB = 253;
    public static final int MAILA = 254;

    /** In questions: all types (RFC 8482 says what an answer may be). */
    public static final int ANY = 255;

    public static final int URI = 256;
    public static final int CAA = 257;

    /** What is not a name here is shown and read as this and its number (RFC 3597 §5). */
    private static final String OTHERS = "TYPE";

    private static final Map<Integer, String> TEXTS = Map.copyOf(texts());
    private static final Map<String, Integer> NUMBERS = Map.copyOf(numbers());

    private RecordType() {}

    private static Map<Integer, String> texts() {
        Map<Integer, String> texts = new HashMap<>();
        String one = "A NS MD MF CNAME SOA MB MG MR NULL WKS PTR HINFO MINFO MX TXT RP AFSDB";
        enter(texts, 1, one);
        enter(texts, RT, "RT");
        enter(texts, SIG, "SIG KEY PX");
        enter(texts, AAAA, "AAAA LOC NXT");
        enter(texts, SRV, "SRV");
        enter(texts, NAPTR, "NAPTR KX CERT");
        enter(texts, DNAME, "DNAME");
        enter(texts, OPT, "OPT APL DS SSHFP IPSECKEY RRSIG NSEC DNSKEY DHCID NSEC3 NSEC3PARAM TLSA SMIMEA");
        enter(texts, HIP, "HIP");
        enter(texts, CDS, "CDS CDNSKEY OPENPGPKEY CSYNC ZONEMD SVCB HTTPS");
        enter(texts, SPF, "SPF");
        enter(texts, EUI48, "EUI48 EUI64");
        enter(texts, TKEY, "TKEY TSIG IXFR AXFR MAILB MAILA ANY URI CAA");
        return texts;
    }

    private static void enter(Map<Integer, String> texts, int first, String names) {
        int number = first;
        for (String name : names.split(" ")) {
            texts.put(number++, name);
        }
    }

    private static Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new HashMap<>();
        TEXTS.forEach((number, text) -> numbers.put(text, number));
        return numbers;
    }

    /** Its name; {@code TYPE65280} for one without a name here. */
    public static String text(int type) {
        String text = TEXTS.get(type);
        return text != null ? text : OTHERS + type;
    }

    /** The number of a name, whatever its case, or of {@code TYPE65280}; empty for others. */
    public static OptionalInt parse(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        Integer number = NUMBERS.get(name);
        return number != null ? OptionalInt.of(number) : number(name, OTHERS);
    }

    /** The 16 bits behind a prefix. */
    static OptionalInt number(String text, String prefix) {
        String digits = text.startsWith(prefix) ? text.substring(prefix.length()) : "";
        boolean decimal =
                !digits.isEmpty() && digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int number = decimal ? Integer.parseInt(digits) : -1;
        return number >= 0 && number <= 0xffff ? OptionalInt.of(number) : OptionalInt.empty();
    }
}
