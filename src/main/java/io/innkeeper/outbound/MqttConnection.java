package io.innkeeper.outbound;

import io.innkeeper.config.OutboundMqtt;
import io.innkeeper.wire.mqtt.MqttConnect;
import io.innkeeper.wire.mqtt.MqttOctets;
import io.innkeeper.wire.mqtt.MqttPublish;
import io.innkeeper.wire.mqtt.MqttReply;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A connection to a broker, from CONNECT on; for one thread. After an exception it is of no more use. */
final class MqttConnection implements AutoCloseable {
    private static final int PORT = 1883;
    private static final int TLS_PORT = 8883;
    private static final int MAX_ID = 0xffff;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private int lastId;

    private MqttConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
    }

    /**
     * Connects and logs in.
     *
     * @throws IOException if the broker cannot be reached, or does not let us in
     */
    static MqttConnection open(OutboundMqtt config, MqttConnect hello) throws IOException {
        Socket socket = connect(config);
        try {
            MqttConnection connection = new MqttConnection(socket);
            connection.send(hello.write());
            connection.out.flush();
            MqttReply reply = connection.read();
            if (!(reply instanceof MqttReply.Connected connected)) {
                throw new IOException("what answers there is no MQTT broker");
            }
            if (connected.code() != 0) {
                throw new IOException(connected.reason());
            }
            return connection;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket connect(OutboundMqtt config) throws IOException {
        URI uri = URI.create(config.broker());
        int port = uri.getPort() > 0 ? uri.getPort() : config.isTls() ? TLS_PORT : PORT;
        String host = uri.getHost().replaceAll("[\\[\\]]", "");
        int timeoutMs = (int) config.timeout().toMillis();
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), timeoutMs);
            socket.setSoTimeout(timeoutMs);
            socket.setTcpNoDelay(true);
            return config.isTls() ? encrypted(config, socket, host, port) : socket;
        } catch (IOException e) {
            socket.close();
            throw new IOException("cannot connect to " + host + ":" + port + ": " + e.getMessage(), e);
        }
    }

    private static Socket encrypted(OutboundMqtt config, Socket plain, String host, int port) throws IOException {
        SSLSocket socket =
                (SSLSocket) Tls.context(config.caFile()).getSocketFactory().createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the certificate must be for this host
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /**
     * Publishes messages and waits for their acknowledgements.
     *
     * @return how many, from the first on, were acknowledged
     * @throws MqttCutException if not all were; it knows how many
     */
    int publish(List<MqttPublish> messages) throws MqttCutException {
        Map<Integer, Integer> placeOf = new HashMap<>();
        boolean[] taken = new boolean[messages.size()];
        try {
            for (int place = 0; place < messages.size(); place++) {
                lastId = lastId % MAX_ID + 1;
                placeOf.put(lastId, place);
                send(messages.get(place).write(lastId));
            }
            out.flush();
            while (!placeOf.isEmpty()) {
                Integer place = read() instanceof MqttReply.Taken reply ? placeOf.remove(reply.id()) : null;
                if (place != null) {
                    taken[place] = true;
                }
            }
            return messages.size();
        } catch (IOException e) {
            throw new MqttCutException(leading(taken), e);
        }
    }

    private static int leading(boolean[] taken) {
        int count = 0;
        while (count < taken.length && taken[count]) {
            count++;
        }
        return count;
    }

    /**
     * Asks whether the broker is still there.
     *
     * @throws IOException if it does not answer
     */
    void ping() throws IOException {
        send(MqttOctets.ping());
        out.flush();
        if (!(read() instanceof MqttReply.StillHere)) {
            throw new IOException("the broker said something that is no answer");
        }
    }

    private void send(byte[] octets) throws IOException {
        out.write(octets);
    }

    /** A broker has nothing longer to say to us: what is longer ends the connection. */
    private MqttReply read() throws IOException {
        int first = octet();
        int length = octet();
        if (length > MqttReply.MAX_BODY) {
            throw new IOException("the broker said something that is no answer");
        }
        byte[] body = new byte[length];
        for (int i = 0; i < length; i++) {
            body[i] = (byte) octet();
        }
        MqttReply reply = MqttReply.parse(first, body);
        if (reply instanceof MqttReply.Unexpected) {
            throw new IOException("the broker said something that is no answer");
        }
        return reply;
    }

    private int octet() throws IOException {
        int octet = in.read();
        if (octet < 0) {
            throw new EOFException("the broker closed the connection");
        }
        return octet;
    }

    /** Leaves politely, so that the will is not published. */
    void leave() {
        try {
            send(MqttOctets.disconnect());
            out.flush();
        } catch (IOException e) {
            // It is being closed; that is all we wanted to say.
        }
        close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // There is nothing more to do with it.
        }
    }
}
