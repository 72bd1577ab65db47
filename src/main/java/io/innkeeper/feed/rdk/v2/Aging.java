package io.innkeeper.feed.rdk.v2;

import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.IaNa;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.IaPd;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.Times;
import io.innkeeper.wire.rdk.PluginMessage;
import java.time.Duration;

/**
 * What is left of a lease that is told late. A lease that is over meanwhile has one second left: then it is told, and its end after
 * it, as both happened. Pure.
 */
final class Aging {
    private Aging() {}

    /** The message as its client would say it so much later. */
    static PluginMessage later(PluginMessage said, Duration age) {
        long seconds = age.toSeconds();
        if (seconds <= 0 || said.isExpired()) {
            return said;
        }
        return switch (said) {
            case Dhcpv4PluginMessage four ->
                four.lasting(
                        left(four.leaseTime(), seconds),
                        left(four.rebindingTime(), seconds),
                        left(four.renewalTime(), seconds));
            case Dhcpv6PluginMessage six ->
                six.with(new IaNa(
                                six.address().assigned(),
                                six.address().address(),
                                left(six.address().times(), seconds)))
                        .with(
                                new IaPd(
                                        six.prefix().assigned(),
                                        six.prefix().prefix(),
                                        six.prefix().length(),
                                        left(six.prefix().times(), seconds)),
                                six.mapt(),
                                six.mape());
        };
    }

    private static Times left(Times times, long seconds) {
        return new Times(
                times.iaid(),
                left(times.preferred(), seconds),
                left(times.valid(), seconds),
                left(times.t1(), seconds),
                left(times.t2(), seconds));
    }

    /** 0 is "not told", or an end, and stays so; what lasts for ever does. */
    private static long left(long told, long seconds) {
        return told == 0 || told == Dhcpv6PluginMessage.INFINITE ? told : Math.max(1, told - seconds);
    }
}
