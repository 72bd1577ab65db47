package io.innkeeper.wire.rdk;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import io.innkeeper.wire.rdk.Rejected.Reason;
import java.util.Optional;

/**
 * What the plugin of dibbler says ({@code DHCPv6_PLUGIN_MSG}). Texts are as the client's environment had them, cut at the size of
 * their field; empty where it had none; lists have blanks between, and often one at the end. Times are seconds.
 *
 * @param layout how the sender lays out its messages
 * @param ifname the interface that the lease is of
 * @param innerIfname the interface once more; may be empty
 * @param isExpired whether it tells of an end
 * @param address the address (IA_NA)
 * @param prefix the delegated prefix (IA_PD)
 * @param dnsAssigned whether there is an option 23
 * @param dnsServer the first name server
 * @param dnsServer1 the second
 * @param mapt option 95, MAP-T
 * @param mape option 94, MAP-E; nothing where the layout has no place for it
 * @param vendor option 17
 * @param vendorLength how long option 17 was before it was cut
 * @param domainNames option 24
 * @param ntpServers option 31
 * @param aftr option 64
 * @param timeOffset never by the known plugins
 */
public record Dhcpv6PluginMessage(
        MessageLayout layout,
        String ifname,
        String innerIfname,
        boolean isExpired,
        IaNa address,
        IaPd prefix,
        boolean dnsAssigned,
        String dnsServer,
        String dnsServer1,
        Container mapt,
        Container mape,
        Container vendor,
        long vendorLength,
        String domainNames,
        String ntpServers,
        String aftr,
        long timeOffset)
        implements PluginMessage {

    /** For ever, as a 64-bit plugin says it. */
    public static final long INFINITE = 0xffff_ffffL;

    private static final long INFINITE_32_BIT = 0x7fff_ffffL;
    private static final Container NO_CONTAINER = new Container(false, "");

    /**
     * Times of an identity association, seconds.
     *
     * @param iaid of the association; 0 from a dibbler that does not tell
     * @param preferred how long it is preferred; {@link Dhcpv6PluginMessage#INFINITE} for ever
     * @param valid how long it is valid; {@link Dhcpv6PluginMessage#INFINITE} for ever
     * @param t1 when to renew; 0 where not told
     * @param t2 when to rebind; 0 where not told
     */
    public record Times(long iaid, long preferred, long valid, long t1, long t2) {}

    /**
     * An address.
     *
     * @param assigned whether there is one
     * @param address without a length
     * @param times of its association
     */
    public record IaNa(boolean assigned, String address, Times times) {}

    /**
     * A delegated prefix.
     *
     * @param assigned whether there is one
     * @param prefix without its length
     * @param length in bits, 0 to 128
     * @param times of its association
     */
    public record IaPd(boolean assigned, String prefix, long length, Times times) {}

    /** The delegated prefix, without bits behind its length; empty where there is none. */
    public Optional<Prefix> delegated() {
        return prefix.assigned
                ? IpAddress.parse(prefix.prefix)
                        .filter(IpAddress::v6)
                        .map(network -> new Prefix(network, (int) prefix.length))
                : Optional.empty();
    }

    /**
     * An option that is handed on as text.
     *
     * @param assigned whether there is one
     * @param text as dibbler prints it
     */
    public record Container(boolean assigned, String text) {}

    static PluginParsed read(MessageLayout layout, String ifname, StructReader in) {
        boolean expired = in.bool();
        String inner = in.text(IFNAME);
        in.aligned();
        IaNa address = new IaNa(in.bool(), in.text(48), times(in, layout));
        boolean prefixAssigned = in.bool();
        String prefix = in.text(48);
        IaPd delegated = new IaPd(prefixAssigned, prefix, in.number(), times(in, layout));
        boolean dnsAssigned = in.bool();
        String dnsServer = in.text(128);
        String dnsServer1 = in.text(128);
        Container mapt = new Container(in.bool(), in.text(256));
        Container mape = layout.hasMape() ? new Container(in.bool(), in.text(256)) : NO_CONTAINER;
        in.aligned();
        Container vendor = new Container(in.bool(), in.text(256));
        Dhcpv6PluginMessage message = new Dhcpv6PluginMessage(
                layout,
                ifname,
                inner,
                expired,
                address,
                delegated,
                dnsAssigned,
                dnsServer,
                dnsServer1,
                mapt,
                mape,
                vendor,
                in.number(),
                in.text(64),
                in.text(128),
                in.text(256),
                in.number());
        return in.strange() ? message.rejected(Reason.FLAGS, "a truth value is neither 0 nor 1") : message.checked();
    }

    private static Times times(StructReader in, MessageLayout layout) {
        long iaid = in.number();
        return new Times(iaid, lifetime(in, layout), lifetime(in, layout), lifetime(in, layout), lifetime(in, layout));
    }

    /** A 32-bit plugin reads numbers with {@code strtol}, whose largest number then stands for ever. */
    private static long lifetime(StructReader in, MessageLayout layout) {
        long seconds = in.number();
        return layout.is32Bit() && seconds == INFINITE_32_BIT ? INFINITE : seconds;
    }

    /** The message, or why it says nothing that could be believed: the rules that hold however it was carried. */
    public PluginParsed checked() {
        if (address.assigned && !PluginMessage.isAddress(address.address, true)) {
            return rejected(Reason.ADDRESS, "ia_na.address is '" + address.address + "'");
        }
        if (prefix.assigned && !PluginMessage.isAddress(prefix.prefix, true)) {
            return rejected(Reason.ADDRESS, "ia_pd.Prefix is '" + prefix.prefix + "'");
        }
        if (prefix.assigned && prefix.length > 128) {
            return rejected(Reason.PREFIX_LENGTH, "ia_pd.PrefixLength is " + prefix.length);
        }
        boolean backwards = (address.assigned && address.times.preferred > address.times.valid)
                || (prefix.assigned && prefix.times.preferred > prefix.times.valid);
        return backwards ? rejected(Reason.LIFETIMES, "a preferred lifetime is longer than the valid one") : this;
    }

    private Rejected rejected(Reason reason, String detail) {
        return new Rejected(reason, ifname, layout.length(), detail);
    }

    /** The same with another address. */
    public Dhcpv6PluginMessage with(IaNa other) {
        return with(other, prefix, mapt, mape);
    }

    /** The same with another prefix, and what belongs to it. */
    public Dhcpv6PluginMessage with(IaPd other, Container otherMapt, Container otherMape) {
        return with(address, other, otherMapt, otherMape);
    }

    private Dhcpv6PluginMessage with(IaNa na, IaPd pd, Container otherMapt, Container otherMape) {
        return new Dhcpv6PluginMessage(
                layout,
                ifname,
                innerIfname,
                isExpired,
                na,
                pd,
                dnsAssigned,
                dnsServer,
                dnsServer1,
                otherMapt,
                otherMape,
                vendor,
                vendorLength,
                domainNames,
                ntpServers,
                aftr,
                timeOffset);
    }

    @Override
    public byte[] write() {
        byte[] bytes = new byte[layout.length()];
        StructWriter head = new StructWriter(bytes, 0);
        head.text(ifname, IFNAME);
        head.number(1);
        StructWriter out = new StructWriter(bytes, layout.dataAt());
        out.bool(isExpired);
        out.text(innerIfname, IFNAME);
        out.aligned().bool(address.assigned);
        out.text(address.address, 48);
        write(out, address.times);
        out.bool(prefix.assigned);
        out.text(prefix.prefix, 48);
        out.number(prefix.length);
        write(out, prefix.times);
        out.bool(dnsAssigned);
        out.text(dnsServer, 128);
        out.text(dnsServer1, 128);
        write(out, mapt);
        if (layout.hasMape()) {
            write(out, mape);
        }
        write(out.aligned(), vendor);
        out.number(vendorLength);
        out.text(domainNames, 64);
        out.text(ntpServers, 128);
        out.text(aftr, 256);
        out.number(timeOffset);
        return bytes;
    }

    private void write(StructWriter out, Times times) {
        out.number(times.iaid);
        for (long seconds : new long[] {times.preferred, times.valid, times.t1, times.t2}) {
            out.number(layout.is32Bit() && seconds == INFINITE ? INFINITE_32_BIT : seconds);
        }
    }

    private static void write(StructWriter out, Container container) {
        out.bool(container.assigned);
        out.text(container.text, 256);
    }
}
