package io.innkeeper.wire.dns;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Octets;
import java.util.HexFormat;
import java.util.List;

/** What a record says. */
public sealed interface Rdata {
    /** The longest character string, in octets (RFC 1035 §3.3). */
    int MAX_STRING = 255;

    /** As zone files have it (RFC 1035 §5.1), names with a dot at their end. */
    String text();

    /** An address: A (RFC 1035 §3.4.1), AAAA (RFC 3596 §2.2), by its family. */
    record Address(IpAddress address) implements Rdata {
        @Override
        public String text() {
            return address.toString();
        }
    }

    /** One name: NS, CNAME, PTR (RFC 1035 §3.3), DNAME (RFC 6672), and the old MB, MD, MF, MG, MR. */
    record Host(DnsName name) implements Rdata {
        @Override
        public String text() {
            return name.absoluteText();
        }
    }

    /**
     * Where mail goes (RFC 1035 §3.3.9).
     *
     * @param preference 0 to 65535, the lowest first
     */
    record Mx(int preference, DnsName exchange) implements Rdata {
        @Override
        public String text() {
            return preference + " " + exchange.absoluteText();
        }
    }

    /**
     * Texts: TXT (RFC 1035 §3.3.14), SPF.
     *
     * @param strings one or more, up to 255 octets each
     */
    record Txt(List<Octets> strings) implements Rdata {
        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException if there is none, or one is too long
         */
        public Txt {
            strings = List.copyOf(strings);
            if (strings.isEmpty() || strings.stream().anyMatch(string -> string.length() > MAX_STRING)) {
                throw new IllegalArgumentException("one or more strings of up to 255 octets");
            }
        }

        @Override
        public String text() {
            StringBuilder text = new StringBuilder();
            for (Octets string : strings) {
                text.append(text.isEmpty() ? "" : " ");
                PresentationText.quoted(text, string);
            }
            return text.toString();
        }
    }

    /**
     * Where a service is (RFC 2782).
     *
     * @param priority 0 to 65535, the lowest first
     * @param weight 0 to 65535, among those of one priority
     * @param port 0 to 65535
     */
    record Srv(int priority, int weight, int port, DnsName target) implements Rdata {
        @Override
        public String text() {
            return priority + " " + weight + " " + port + " " + target.absoluteText();
        }
    }

    /**
     * The start of a zone (RFC 1035 §3.3.13). All numbers are of 32 bits, the times in seconds.
     *
     * @param primary the server that changes are made at
     * @param mailbox who is responsible, the first dot for an @
     * @param minimum how long it may be remembered that there is no such name (RFC 2308 §4)
     */
    record Soa(DnsName primary, DnsName mailbox, long serial, long refresh, long retry, long expire, long minimum)
            implements Rdata {
        @Override
        public String text() {
            return primary.absoluteText() + " " + mailbox.absoluteText() + " " + serial + " " + refresh + " " + retry
                    + " " + expire + " " + minimum;
        }
    }

    /**
     * Who may make certificates (RFC 8659 §4.1).
     *
     * @param flags 8 bits
     * @param tag 1 to 255 ASCII letters and digits
     */
    record Caa(int flags, String tag, Octets value) implements Rdata {
        /** @throws IllegalArgumentException if the tag is empty or too long */
        public Caa {
            if (tag.isEmpty() || tag.length() > MAX_STRING) {
                throw new IllegalArgumentException("a tag of 1 to 255 letters and digits");
            }
        }

        @Override
        public String text() {
            StringBuilder text =
                    new StringBuilder().append(flags).append(' ').append(tag).append(' ');
            PresentationText.quoted(text, value);
            return text.toString();
        }
    }

    /**
     * How to reach a service: SVCB, HTTPS (RFC 9460).
     *
     * @param priority 0 for an alias
     * @param parameters by ascending keys, unknown ones too
     */
    record Svcb(int priority, DnsName target, List<Parameter> parameters) implements Rdata {
        /** Copies the list. */
        public Svcb {
            parameters = List.copyOf(parameters);
        }

        /**
         * One parameter; see {@link SvcbKey}.
         *
         * @param key 0 to 65535
         */
        public record Parameter(int key, Octets value) {}

        @Override
        public String text() {
            StringBuilder text =
                    new StringBuilder().append(priority).append(' ').append(target.absoluteText());
            for (Parameter parameter : parameters) {
                text.append(' ');
                SvcbText.append(text, parameter);
            }
            return text.toString();
        }
    }

    /** The data of any other type as they are (RFC 3597), names in the data of old types without compression. */
    record Unknown(Octets data) implements Rdata {
        /** Copies the octets. */
        public Unknown(byte[] data) {
            this(Octets.of(data));
        }

        /** The form of RFC 3597 §5. */
        @Override
        public String text() {
            String hex = HexFormat.of().formatHex(data.toArray());
            return "\\# " + data.length() + (hex.isEmpty() ? "" : " " + hex);
        }
    }
}
