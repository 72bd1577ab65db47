package io.innkeeper.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the code to {@link ImportRules}. */
class ImportRulesTest {
    @Test
    void importsGoTheAllowedWays() {
        List<String> complaints = Code.MAIN.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .flatMap(dependency -> complaint(dependency).stream())
                .distinct()
                .sorted()
                .toList();
        assertThat(complaints).as("imports; the table is in ImportRules").isEmpty();
    }

    private static List<String> complaint(Dependency dependency) {
        JavaClass from = dependency.getOriginClass();
        JavaClass to = dependency.getTargetClass().getBaseComponentType();
        return ImportRules.complaint(from.getPackageName(), to.getPackageName(), to.getName()).stream()
                .map(text -> from.getName() + " → " + to.getName() + ": " + text)
                .toList();
    }

    @Test
    void everyPackageHasALine() {
        assertThat(Code.MAIN.stream().map(JavaClass::getPackageName).distinct())
                .as("a new package needs a line in ImportRules: say whom it may import")
                .allSatisfy(name -> assertThat(ImportRules.line(name)).as(name).isPresent());
    }

    @Test
    void theTableHasNoCircle() {
        assertThat(ImportRules.packages())
                .as("two packages that need each other are one")
                .allSatisfy(line -> assertThat(ImportRules.reaches(line)).doesNotContain(line));
    }

    @ParameterizedTest
    @CsvSource({
        "io.innkeeper.wire.net, io.innkeeper.lease.Lease",
        "io.innkeeper.wire.dnsmasq, io.innkeeper.lease.Lease",
        "io.innkeeper.lease, io.innkeeper.store.Ledger",
        "io.innkeeper.event, io.innkeeper.view.Json",
        "io.innkeeper.feed.dnsmasq, io.innkeeper.api.sse.SseStreams",
        "io.innkeeper.feed, io.innkeeper.Main",
        "io.innkeeper.api.http, io.innkeeper.lease.LeaseBook",
        "io.innkeeper.desk, io.innkeeper.feed.dnsmasq.DnsmasqFeed",
        "io.innkeeper.api.http, io.innkeeper.feed.dnsmasq.CutGuard",
        "io.innkeeper.lease, java.sql.Connection",
        "io.innkeeper.store, org.eclipse.jetty.server.Server",
        "io.innkeeper.api.http, org.apache.logging.log4j.LogManager",
        "io.innkeeper.unheard, io.innkeeper.lease.Lease",
    })
    void theRuleCanFail(String fromPackage, String toClass) {
        assertThat(complaint(fromPackage, toClass)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "io.innkeeper.wire.dnsmasq, io.innkeeper.wire.net.IpAddress",
        "io.innkeeper.api.http, io.innkeeper.api.sse.SseStreams",
        "io.innkeeper, io.innkeeper.api.http.HttpService",
        "io.innkeeper.store, java.sql.Connection",
        "io.innkeeper.lease, java.util.List",
    })
    void theRuleAllowsWhatTheTableAllows(String fromPackage, String toClass) {
        assertThat(complaint(fromPackage, toClass)).isEmpty();
    }

    private static String complaint(String fromPackage, String toClass) {
        String toPackage = toClass.substring(0, toClass.lastIndexOf('.'));
        return ImportRules.complaint(fromPackage, toPackage, toClass).orElse("");
    }

    @Test
    void theMostSpecialLineCounts() {
        assertThat(ImportRules.line("io.innkeeper.wire.net")).contains("wire.net");
        assertThat(ImportRules.line("io.innkeeper.wire.dnsmasq")).contains("wire");
        assertThat(ImportRules.line("io.innkeeper.wire.rdk")).contains("wire");
        assertThat(ImportRules.line("io.innkeeper.wire.rdk.v2")).contains("wire.rdk.v2");
        assertThat(ImportRules.packages().stream().max(Comparator.naturalOrder()))
                .contains("wire.rdk.v2");
    }
}
