package io.innkeeper.dns.log;

/** Reads what {@link BlockOctets} wrote. */
final class BlockInput {
    /** The octets are not what a block can have. */
    static final class BadBlockException extends Exception {
        private static final long serialVersionUID = 1;

        private final String why;

        BadBlockException(String why) {
            super(why);
            this.why = why;
        }

        /** What is wrong with the block, as the rest of a sentence. */
        String why() {
            return why;
        }
    }

    private final byte[] bytes;
    private final int end;
    private int at;

    BlockInput(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    int octet() throws BadBlockException {
        if (at >= end) {
            throw new BadBlockException("ends too early");
        }
        return bytes[at++] & 0xff;
    }

    byte[] octets(int count) throws BadBlockException {
        if (count < 0 || count > end - at) {
            throw new BadBlockException("ends too early");
        }
        byte[] octets = new byte[count];
        System.arraycopy(bytes, at, octets, 0, count);
        at += count;
        return octets;
    }

    long number() throws BadBlockException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int octet = octet();
            value |= (octet & 0x7fL) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw new BadBlockException("a number has too many octets");
    }

    long signed() throws BadBlockException {
        long value = number();
        return value >>> 1 ^ -(value & 1);
    }

    /** A number of 0 to {@code most}. */
    int number(int most) throws BadBlockException {
        long value = number();
        if (value < 0 || value > most) {
            throw new BadBlockException("a number is out of its range");
        }
        return (int) value;
    }

    /** True if all was read. */
    boolean isAtEnd() {
        return at == end;
    }
}
