package io.innkeeper.desk;

import io.innkeeper.event.EventDraft;
import io.innkeeper.event.EventType;
import io.innkeeper.feed.ClientEvent;
import io.innkeeper.feed.HeardMessage;
import io.innkeeper.feed.LogReport;
import io.innkeeper.feed.MsgType;
import io.innkeeper.view.EventBodies;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events of messages that a log tells of, and of this machine's own DHCP clients. Pure. */
final class HeardEvents {
    private HeardEvents() {}

    /** The event of a message; it is about the client where the log tells who that is. */
    static EventDraft of(HeardMessage message, LogReport report) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("source", report.source().toString());
        body.put("via", report.via());
        put(body, "mac", message.mac());
        put(body, "duid", message.duid());
        put(body, "address", message.address());
        put(body, "hostname", message.hostname());
        put(body, "interface", message.interfaceName());
        if (message.transaction() != null) {
            body.put("transaction", message.transaction());
        }
        put(body, "reason", message.reason());
        if (!message.details().isEmpty()) {
            body.put("details", message.details());
        }
        return EventBodies.heard(type(message.kind()), message.at(), subject(message, report), body);
    }

    /** The event of a DHCP client of this machine. */
    static EventDraft of(ClientEvent event) {
        EventBodies.Client client = new EventBodies.Client(
                event.interfaceName(),
                event.family(),
                event.type().text(),
                event.type().number(),
                event.lease());
        return EventBodies.client(type(event.type()), event.at(), client);
    }

    private static EventType type(MsgType type) {
        return switch (type) {
            case STARTED -> EventType.WAN_STARTED;
            case STOPPED -> EventType.WAN_STOPPED;
            case FAILED -> EventType.WAN_FAILED;
            case UPDATE -> EventType.WAN_UPDATE;
            case DEL -> EventType.WAN_DEL;
            case RENEW -> EventType.WAN_RENEW;
        };
    }

    private static void put(Map<String, Object> body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value.toString());
        }
    }

    private static String subject(HeardMessage message, LogReport report) {
        if (message.mac() != null) {
            return message.mac().toString();
        }
        return message.address() != null
                ? message.address().toString()
                : report.source().toString();
    }

    private static EventType type(HeardMessage.Kind kind) {
        return switch (kind) {
            case DISCOVER -> EventType.DHCP_DISCOVER;
            case OFFER -> EventType.DHCP_OFFER;
            case REQUEST -> EventType.DHCP_REQUEST;
            case ACK -> EventType.DHCP_ACK;
            case NAK -> EventType.DHCP_NAK;
            case DECLINE -> EventType.DHCP_DECLINE;
            case RELEASE -> EventType.DHCP_RELEASE;
            case INFORM -> EventType.DHCP_INFORM;
            case SOLICIT -> EventType.DHCP_SOLICIT;
            case ADVERTISE -> EventType.DHCP_ADVERTISE;
            case CONFIRM -> EventType.DHCP_CONFIRM;
            case RENEW -> EventType.DHCP_RENEW;
            case REBIND -> EventType.DHCP_REBIND;
            case REPLY -> EventType.DHCP_REPLY;
            case INFORMATION_REQUEST -> EventType.DHCP_INFORMATION_REQUEST;
            case ROUTER_SOLICIT -> EventType.DHCP_ROUTER_SOLICIT;
            case ROUTER_ADVERT -> EventType.DHCP_ROUTER_ADVERT;
            case PROBLEM -> EventType.DHCP_PROBLEM;
        };
    }
}
