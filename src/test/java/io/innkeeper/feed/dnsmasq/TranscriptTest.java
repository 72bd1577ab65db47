package io.innkeeper.feed.dnsmasq;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.device.Sighting;
import io.innkeeper.feed.HeardMessage;
import io.innkeeper.wire.dnsmasq.ScriptNotice;
import io.innkeeper.wire.dnsmasq.log.LogEntry;
import io.innkeeper.wire.dnsmasq.log.LogProgram;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lines of the real dnsmasq 2.90. */
class TranscriptTest {
    private static final Instant AT = Instant.parse("2026-11-21T20:05:12Z");
    private static final String LOG_DHCP = """
            1354356898 available DHCP range: 192.168.77.100 -- 192.168.77.112
            1354356898 vendor class: MSFT 5.0
            1354356898 client provides name: laptop
            1354356898 DHCPREQUEST(lan) 192.168.77.102 3c:d9:2b:00:00:01\s
            1354356898 tags: windows, lan
            1354356898 DHCPACK(lan) 192.168.77.102 3c:d9:2b:00:00:01 laptop
            1354356898 requested options: 1:netmask, 3:router, 6:dns-server, 12:hostname,\s
            1354356898 requested options: 15:domain-name, 252
            1354356898 bootfile name: pxelinux.0
            1354356898 next server: 192.168.77.1
            1354356898 broadcast response
            1354356898 sent size:  1 option: 53 message-type  5
            1354356898 sent size:  4 option: 51 lease-time  2m
            1354356898 sent size:  4 option:  3 router  192.168.77.1""";

    /** Keeps what it hears. */
    private static final class Heard implements Transcript.Ear {
        final List<Word> words = new ArrayList<>();
        final List<HeardMessage> messages = new ArrayList<>();
        final List<Sighting> sightings = new ArrayList<>();

        @Override
        public void hear(Word word, long piece) {
            words.add(word);
        }

        @Override
        public void hear(HeardMessage message, long piece) {
            messages.add(message);
        }

        @Override
        public void hear(Sighting sighting, long piece) {
            sightings.add(sighting);
        }
    }

    private final Heard heard = new Heard();
    private Transcript transcript = transcript(LogReader.Messages.ALL);
    private long nanos;
    private long piece;
    private int process = 7;

    private Transcript transcript(LogReader.Messages messages) {
        return new Transcript("dnsmasq/home", Witness.LOG, messages::wants, heard);
    }

    private void read(String lines) {
        for (String line : lines.split("\n", -1)) {
            transcript.hear(
                    LogEntry.parse(line, LogProgram.DHCP), new Transcript.Reading(process, AT, AT, nanos, piece));
        }
    }

    private List<String> messages() {
        return heard.messages.stream().map(message -> message.kind().text()).toList();
    }

    private List<String> words() {
        return heard.words.stream()
                .map(word -> word.notice().action() + " " + word.notice().address())
                .toList();
    }

    @Test
    void theLinesOfATransactionAreOneMessage() {
        read(LOG_DHCP);
        assertThat(messages()).containsExactly("request");
        assertThat(transcript.isOpen()).isTrue();
        transcript.settle(nanos + Transcript.OPEN.toNanos() - 1);
        assertThat(messages()).containsExactly("request");
        transcript.settle(nanos + Transcript.OPEN.toNanos());
        assertThat(messages()).containsExactly("request", "ack");
        HeardMessage ack = heard.messages.getLast();
        assertThat(ack.transaction()).isEqualTo(1_354_356_898L);
        assertThat(ack.hostname()).isEqualTo("laptop");
        assertThat(ack.interfaceName()).isEqualTo("lan");
        assertThat(ack.details())
                .containsEntry("vendorClass", "MSFT 5.0")
                .containsEntry("suppliedHostname", "laptop")
                .containsEntry("tags", "windows lan")
                .containsEntry("requestedOptions", "1,3,6,12,15,252")
                .containsEntry("bootFile", "pxelinux.0")
                .containsEntry("leaseTime", "2m");
        assertThat(heard.messages.getFirst().details())
                .containsEntry("availableRange", "192.168.77.100 -- 192.168.77.112")
                .containsEntry("tags", "windows lan")
                .doesNotContainKey("leaseTime");
        ScriptNotice notice = heard.words.getFirst().notice();
        assertThat(words()).containsExactly("ADD 192.168.77.102");
        assertThat(notice.expires()).isEqualTo(AT.getEpochSecond() + 120);
        assertThat(notice.lengthSeconds()).isEqualTo(120);
        assertThat(notice.details())
                .isEqualTo(Map.of(
                        "vendorClass", "MSFT 5.0",
                        "suppliedHostname", "laptop",
                        "tags", "windows lan",
                        "requestedOptions", "1,3,6,12,15,252",
                        "interface", "lan"));
    }

    @Test
    void theNextPacketOfTheTransactionCompletesTheMessageBefore() {
        read(LOG_DHCP);
        read("1354356898 available DHCP range: 192.168.77.100 -- 192.168.77.112");
        assertThat(messages()).containsExactly("request", "ack");
    }

    @Test
    void withoutLogDhcpEachLineIsAMessage() {
        read("DHCPDISCOVER(lan) 3c:d9:2b:00:00:01 ");
        read("DHCPOFFER(lan) 192.168.77.102 3c:d9:2b:00:00:01 ");
        read("DHCPREQUEST(lan) 192.168.77.102 3c:d9:2b:00:00:01 ");
        read("DHCPACK(lan) 192.168.77.102 3c:d9:2b:00:00:01 laptop");
        read("DHCPRELEASE(lan) 192.168.77.102 3c:d9:2b:00:00:01 ");
        assertThat(messages()).containsExactly("discover", "offer", "request", "ack", "release");
        assertThat(words()).containsExactly("ADD 192.168.77.102", "DEL 192.168.77.102");
        assertThat(transcript.isOpen()).isFalse();
    }

    @Test
    void anAnswerToAQuestionForOptionsGrantsNothing() {
        read("DHCPINFORM(lan) 192.168.77.9 3c:d9:2b:00:00:01 ");
        read("DHCPACK(lan) 192.168.77.9 3c:d9:2b:00:00:01 laptop");
        assertThat(messages()).containsExactly("inform", "ack");
        assertThat(heard.words).isEmpty();
        assertThat(heard.sightings).hasSize(1);
    }

    @Test
    void leasesOfDhcpv6() {
        read("""
                2469393 available DHCP range: fd00:77::100 -- fd00:77::104
                2469393 client MAC address: f6:2c:45:d4:fd:13
                2469393 DHCPREQUEST(lan) 00:01:00:01:32:94:b6:07:f6:2c:45:d4:fd:13\s
                2469393 DHCPREPLY(lan) fd00:77::103 00:01:00:01:32:94:b6:07:f6:2c:45:d4:fd:13\s
                2469393 tags: dhcpv6, lan
                2469393 sent size: 40 option:  3 ia-na  IAID=1171586323 T1=60 T2=105
                2469393 nest size: 24 option:  5 iaaddr  fd00:77::103 PL=120 VL=140
                24 DHCPCONFIRM(lan) 00:01:00:01:2b:3c:4d:5e:3c:d9:2b:00:00:01\s
                24 DHCPREPLY(lan) fd99::1 00:01:00:01:2b:3c:4d:5e:3c:d9:2b:00:00:01 confirm failed
                9200917 DHCPRELEASE(lan) 00:01:00:01:32:94:b6:07:f6:2c:45:d4:fd:13\s""");
        transcript.finish();
        assertThat(words()).containsExactly("ADD fd00:77::103", "DEL null");
        ScriptNotice reply = heard.words.getFirst().notice();
        assertThat(reply.mac()).hasToString("f6:2c:45:d4:fd:13");
        assertThat(reply.clientId()).isNotNull();
        assertThat(reply.lengthSeconds()).isEqualTo(140);
    }

    @Test
    void whatGoesWrongIsAProblem() {
        read("DHCPDISCOVER(lan) 3c:d9:2b:00:00:09 no address available");
        read("DHCPNAK(lan) 10.0.0.9 3c:d9:2b:00:00:01 wrong network");
        read("no address range available for DHCP request via lan");
        assertThat(messages()).containsExactly("discover", "problem", "nak", "problem", "problem");
        assertThat(heard.messages.get(1).reason()).isEqualTo("no address available");
        assertThat(heard.messages.get(1).details()).containsEntry("trouble", "no-address");
        assertThat(heard.words).isEmpty();
    }

    @Test
    void onlyProblemsWhereOnlyThoseAreWanted() {
        transcript = transcript(LogReader.Messages.PROBLEMS);
        read(LOG_DHCP);
        read("DHCPDISCOVER(lan) 3c:d9:2b:00:00:09 no address available");
        transcript.finish();
        assertThat(messages()).containsExactly("problem");
        assertThat(words()).containsExactly("ADD 192.168.77.102");
    }

    @Test
    void aTroubleThatIsWrittenAgainAtEveryLeaseIsToldOnce() {
        String taken = "not giving name fixed to the DHCP lease of 192.168.77.103 because the name exists in"
                + " /etc/dnsmasq.hosts with address 192.168.77.9";
        read(taken + "\n" + taken);
        assertThat(messages()).containsExactly("problem");
    }

    @Test
    void anotherTransactionOfTheSameProcessCompletesTheMessage() {
        piece = 5;
        read("1 DHCPDISCOVER(lan) 3c:d9:2b:00:00:09");
        assertThat(transcript.oldestOpenPiece()).isEqualTo(5);
        piece = 6;
        read("2 vendor class: udhcp");
        assertThat(messages()).containsExactly("discover");
        assertThat(transcript.oldestOpenPiece()).isEqualTo(6);
        transcript.finish();
        assertThat(transcript.oldestOpenPiece()).isEqualTo(Long.MAX_VALUE);
        assertThat(messages()).hasSize(1);
    }

    @Test
    void openMessagesAreBounded() {
        process = -1;
        for (int xid = 1; xid <= Transcript.MAX_OPEN; xid++) {
            read(xid + " DHCPDISCOVER(lan) 3c:d9:2b:00:00:09");
        }
        assertThat(messages()).isEmpty();
        read("123456 DHCPDISCOVER(lan) 3c:d9:2b:00:00:09");
        assertThat(messages()).containsExactly("discover");
    }

    @Test
    void anAnswerIsToWhatWasAskedBeforeIt() {
        process = -1;
        read("""
                1 DHCPREQUEST(lan) 192.168.77.102 3c:d9:2b:00:00:01\s
                1 DHCPACK(lan) 192.168.77.102 3c:d9:2b:00:00:01 laptop
                2 DHCPINFORM(lan) 192.168.77.102 3c:d9:2b:00:00:01\s
                2 DHCPACK(lan) 192.168.77.102 3c:d9:2b:00:00:01 laptop""");
        transcript.finish();
        assertThat(words()).containsExactly("ADD 192.168.77.102");
    }

    @Test
    void timesAsDnsmasqPrintsThem() {
        assertThat(OpenMessage.seconds("2m")).isEqualTo(120);
        assertThat(OpenMessage.seconds("1d2h3m4s")).isEqualTo(93_784);
        assertThat(OpenMessage.seconds("3600")).isEqualTo(3_600);
        assertThat(OpenMessage.seconds("infinite")).isEqualTo(OpenMessage.FOR_EVER);
        for (String nonsense : List.of("", "h", "5x", "99999999999999999999d", "1h 2", "-5")) {
            assertThat(OpenMessage.seconds(nonsense)).as(nonsense).isNull();
        }
    }
}
