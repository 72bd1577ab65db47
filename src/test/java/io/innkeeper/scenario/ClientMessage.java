package io.innkeeper.scenario;

import io.innkeeper.dhcp.Arrival;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.MessageType;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.dhcp4.Options;
import io.innkeeper.wire.net.MacAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a {@code SEND} line sends, and how it comes. */
record ClientMessage(DhcpMessage message, Arrival arrival) {
    private static final Map<String, Integer> ADDRESSES = Map.of(
            "requested", OptionCode.REQUESTED_ADDRESS, "server-id", OptionCode.SERVER_ID, "subnet-selection", 118);
    private static final Map<String, Integer> TEXTS =
            Map.of("host-name", OptionCode.HOST_NAME, "vendor-class", OptionCode.VENDOR_CLASS, "user-class", 77);
    private static final Map<String, Integer> SUB_ADDRESSES = Map.of("link-selection", 5, "override", 11);
    private static final Map<String, Integer> SUB_OPTIONS = Map.of("circuit", 1, "remote", 2);

    /** Reads a line; {@code TYPE} may be {@code BOOTP}, or a number of no meaning. */
    static ClientMessage parse(Words line, Map<String, Arrival.Link> links) {
        String macText = line.get("mac", "none");
        MacAddress mac =
                macText.equals("none") ? null : MacAddress.parse(macText).orElseThrow();
        int giaddr = Words.address(line.get("giaddr", "0.0.0.0"));
        DhcpMessage message = new DhcpMessage(
                Integer.parseInt(line.get("op", "1")),
                mac == null ? Integer.parseInt(line.get("htype", "1")) : mac.hardwareType(),
                mac,
                giaddr == 0 ? 0 : 1,
                (int) Long.parseLong(line.get("xid", "1"), 16),
                0,
                line.has("broadcast") ? DhcpMessage.BROADCAST : 0,
                Words.address(line.get("ciaddr", "0.0.0.0")),
                0,
                0,
                giaddr,
                "",
                "",
                options(line));
        return new ClientMessage(message, arrival(line, links));
    }

    private static Arrival arrival(Words line, Map<String, Arrival.Link> links) {
        Arrival.Link first =
                links.isEmpty() ? Arrival.Link.NONE : links.values().iterator().next();
        String name = line.get("link");
        Arrival.Link link = name == null ? first : links.getOrDefault(name, Arrival.Link.NONE);
        String[] from = line.get("from", line.get("giaddr", line.get("ciaddr", "0.0.0.0")))
                .split(":");
        int fromPort = from.length > 1 ? Integer.parseInt(from[1]) : line.get("giaddr") == null ? 68 : 67;
        return new Arrival(link, Words.address(from[0]), fromPort, Words.address(line.get("to", "255.255.255.255")));
    }

    private static Options options(Words line) {
        Options.Builder options = Options.builder();
        String type = line.at(1);
        if (Character.isDigit(type.charAt(0))) {
            options.put(OptionCode.MESSAGE_TYPE, new byte[] {(byte) Integer.parseInt(type)});
        } else if (!type.equals("BOOTP")) {
            options.put(
                    OptionCode.MESSAGE_TYPE,
                    new byte[] {(byte) MessageType.valueOf(type).code()});
        }
        List<Byte> relay = new ArrayList<>();
        for (String word : line.words.subList(2, line.words.size())) {
            String[] pair = word.split("=", 2);
            put(options, relay, pair[0], pair.length == 1 ? "" : pair[1]);
        }
        if (!relay.isEmpty()) {
            byte[] info = new byte[relay.size()];
            for (int i = 0; i < info.length; i++) {
                info[i] = relay.get(i);
            }
            options.put(OptionCode.RELAY_AGENT, info);
        }
        return options.build();
    }

    private static void put(Options.Builder options, List<Byte> relay, String key, String value) {
        Integer code = ADDRESSES.get(key);
        if (code != null) {
            options.put(code, Words.address(value));
        }
        code = TEXTS.get(key);
        if (code != null) {
            options.put(code, value.replace("\"", "").getBytes(StandardCharsets.UTF_8));
        }
        sub(relay, SUB_ADDRESSES.get(key), value);
        sub(relay, SUB_OPTIONS.get(key), value);
        switch (key) {
            case "ask" -> options.put(OptionCode.PARAMETER_REQUEST_LIST, Words.octets("u8:" + value));
            case "lease" -> options.put(OptionCode.LEASE_TIME, (int) Words.seconds(value));
            case "client-id" -> options.put(OptionCode.CLIENT_ID, HexFormat.of().parseHex(value));
            case "rapid-commit" -> options.put(OptionCode.RAPID_COMMIT, new byte[0]);
            case "max-size" -> options.put(OptionCode.MAX_SIZE, Words.octets("u16:" + value));
            case "arch" -> options.put(OptionCode.ARCHITECTURE, Words.octets("u16:" + value));
            default -> {
                if (key.startsWith("opt.")) {
                    options.put(Integer.parseInt(key.substring(4)), Words.octets(value));
                }
            }
        }
    }

    private static void sub(List<Byte> relay, @Nullable Integer code, String value) {
        if (code == null) {
            return;
        }
        byte[] octets = Words.octets(value);
        relay.add(code.byteValue());
        relay.add((byte) octets.length);
        for (byte octet : octets) {
            relay.add(octet);
        }
    }
}
