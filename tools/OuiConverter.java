import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Turns the {@code index.json} of the npm package oui-data into {@code oui.bin}; run by hand, see docs/vendors.md, which
 * also describes the format. {@code java tools/OuiConverter.java index.json oui.bin}
 */
public final class OuiConverter {
    /** Not a vendor: the blocks that the registry itself cut into the smaller ones. */
    private static final String SUBDIVIDED = "IEEE Registration Authority";

    /** Hex digits of an MA-L, MA-M and MA-S prefix. */
    private static final int[] DIGITS = {6, 7, 9};

    private static final int MAX_NAME_BYTES = 255;

    private OuiConverter() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("usage: java tools/OuiConverter.java INDEX_JSON OUI_BIN");
            System.exit(2);
        }
        Map<String, String> vendors = new TreeMap<>();
        new FlatJson(Files.readString(Path.of(arguments[0]))).read().forEach((prefix, text) -> {
            String name = text.lines().findFirst().orElse("").replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
            if (!name.isEmpty() && !name.equals(SUBDIVIDED)) {
                vendors.put(prefix, name);
            }
        });
        byte[] body = body(vendors);
        byte[] packed = deflate(body);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(file);
        out.writeBytes("OUI1");
        out.writeInt(body.length);
        out.write(packed);
        Files.write(Path.of(arguments[1]), file.toByteArray());
        System.out.println(vendors.size() + " prefixes, " + file.size() + " octets (" + body.length + " unpacked)");
    }

    private static byte[] body(Map<String, String> vendors) throws IOException {
        List<String> names = new ArrayList<>(new TreeSet<>(vendors.values()));
        Map<String, Integer> numbers = new LinkedHashMap<>();
        names.forEach(name -> numbers.put(name, numbers.size()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(names.size());
        for (String name : names) {
            int length = name.getBytes(StandardCharsets.UTF_8).length;
            if (length > MAX_NAME_BYTES || names.size() > 0xffff) {
                throw new IOException("the format holds 65,535 names of 255 octets; too much: " + name);
            }
            out.writeByte(length);
        }
        for (String name : names) {
            out.write(name.getBytes(StandardCharsets.UTF_8));
        }
        for (int digits : DIGITS) {
            registry(vendors, digits, numbers, out);
        }
        return bytes.toByteArray();
    }

    private static void registry(
            Map<String, String> vendors, int digits, Map<String, Integer> numbers, DataOutputStream out)
            throws IOException {
        TreeMap<Long, Integer> entries = new TreeMap<>();
        vendors.forEach((prefix, name) -> {
            if (prefix.length() == digits) {
                entries.put(Long.parseLong(prefix, 16), numbers.get(name));
            }
        });
        out.writeInt(entries.size());
        long last = -1;
        for (long prefix : entries.keySet()) {
            variable(prefix - last, out);
            last = prefix;
        }
        for (int number : entries.values()) {
            out.writeByte(number >>> 8);
        }
        for (int number : entries.values()) {
            out.writeByte(number);
        }
    }

    /** Seven bits an octet, lowest first; the top bit says that more follow. */
    private static void variable(long value, DataOutputStream out) throws IOException {
        long rest = value;
        while (rest > 0x7f) {
            out.writeByte((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    private static byte[] deflate(byte[] body) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
            out.write(body);
        }
        return packed.toByteArray();
    }

    /** One JSON object whose values are all strings: what oui-data is. */
    private static final class FlatJson {
        private final String json;
        private int at;

        FlatJson(String json) {
            this.json = json;
        }

        Map<String, String> read() {
            Map<String, String> members = new LinkedHashMap<>();
            expect('{');
            do {
                String name = string();
                expect(':');
                members.put(name, string());
            } while (json.charAt(at++) == ',' || end());
            return members;
        }

        /** Called behind the character that was no comma: true where only space stood there. */
        private boolean end() {
            at--;
            skipSpace();
            char c = json.charAt(at++);
            if (c != ',' && c != '}') {
                throw new IllegalArgumentException("unexpected " + c + " at " + at);
            }
            return c == ',';
        }

        private String string() {
            expect('"');
            StringBuilder text = new StringBuilder();
            while (json.charAt(at) != '"') {
                char c = json.charAt(at++);
                text.append(c == '\\' ? escaped() : c);
            }
            at++;
            return text.toString();
        }

        private char escaped() {
            char c = json.charAt(at++);
            return switch (c) {
                case 'n' -> '\n';
                case 't' -> '\t';
                case 'r' -> '\r';
                case 'b' -> '\b';
                case 'f' -> '\f';
                case 'u' -> (char) Integer.parseInt(json.substring(at, at += 4), 16);
                default -> c;
            };
        }

        private void expect(char wanted) {
            skipSpace();
            if (json.charAt(at++) != wanted) {
                throw new IllegalArgumentException("expected " + wanted + " at " + at);
            }
        }

        private void skipSpace() {
            while (Character.isWhitespace(json.charAt(at))) {
                at++;
            }
        }
    }
}
