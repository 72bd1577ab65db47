package io.innkeeper.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceControllerTest {
    private static final ServiceController.BackOff QUICK =
            new ServiceController.BackOff(Duration.ofMillis(10), Duration.ofMillis(40));

    private final List<String> journal = new CopyOnWriteArrayList<>();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final TestingService a = new TestingService("a", journal);
    private final TestingService b = new TestingService("b", journal);
    private final TestingService c = new TestingService("c", journal);
    private final ServiceController controller = new ServiceController(
            InstantSource.system(),
            (type, service, message) -> events.add(type.text() + " " + service + ": " + message),
            Duration.ofMillis(200),
            QUICK);

    @AfterEach
    void close() {
        controller.close();
    }

    private void start() {
        controller.add("a", a::make);
        controller.add("b", b::make);
        controller.add("c", c::make);
        controller.start();
    }

    private ServiceStatus status(String name) {
        return controller.status(name).orElseThrow();
    }

    private void awaitState(String name, String state) {
        await().atMost(Duration.ofSeconds(10)).until(() -> status(name).state().equals(state));
    }

    @Test
    void startsInOrderAndStopsInReverse() {
        start();
        assertThat(journal).containsExactly("start a1", "start b1", "start c1");
        assertThat(controller.statuses()).extracting(ServiceStatus::name).containsExactly("a", "b", "c");
        assertThat(controller.statuses())
                .extracting(ServiceStatus::state, ServiceStatus::health, ServiceStatus::message)
                .contains(org.assertj.core.groups.Tuple.tuple("running", "ok", "b1"));
        journal.clear();
        controller.close();
        assertThat(journal).containsExactly("close c1", "close b1", "close a1");
        assertThat(events)
                .containsExactly(
                        "service.started a: started",
                        "service.started b: started",
                        "service.started c: started",
                        "service.stopped c: stopped",
                        "service.stopped b: stopped",
                        "service.stopped a: stopped");
        assertThat(controller.statuses()).extracting(ServiceStatus::state).containsOnly("stopped");
        controller.close();
        assertThat(journal).hasSize(3);
    }

    @Test
    void oneThatDoesNotStartIsTriedAgainWhileTheOthersRun() {
        b.refusal = new ServiceException("the port is taken");
        start();
        assertThat(status("a").state()).isEqualTo("running");
        assertThat(status("c").state()).isEqualTo("running");
        assertThat(status("b").state()).isEqualTo("failed");
        assertThat(status("b").health()).isEqualTo("failed");
        assertThat(status("b").message()).isEqualTo("the port is taken");
        assertThat(events).contains("service.failed b: the port is taken");
        await().until(() -> b.made.size() >= 4);
        b.refusal = null;
        awaitState("b", "running");
        assertThat(status("b").restarts()).isGreaterThanOrEqualTo(3);
        assertThat(status("b").lastError()).isEqualTo("the port is taken");
        assertThat(status("b").message()).isEqualTo("b" + b.made.size());
        assertThat(a.made).hasSize(1);
        assertThat(c.made).hasSize(1);
        assertThat(b.made.subList(0, b.made.size() - 1))
                .allSatisfy(one -> assertThat(one.closed()).isEqualTo(1));
    }

    @Test
    void aFaultOfOursAtStartIsAFailureLikeAnyOther() {
        a.refusal = new IllegalStateException("bug");
        start();
        assertThat(status("a").message()).contains("IllegalStateException").contains("bug");
        assertThat(status("c").state()).isEqualTo("running");
        a.refusal = null;
        awaitState("a", "running");
    }

    @Test
    void oneThatCannotEvenBeMadeIsTriedAgain() {
        b.unmade = new IllegalStateException("no more threads");
        start();
        assertThat(status("b").message()).contains("no more threads");
        assertThat(status("c").state()).isEqualTo("running");
        b.unmade = null;
        awaitState("b", "running");
    }

    @Test
    void oneThatFailsLaterIsReplacedOnce() {
        start();
        TestingService.Instance first = b.newest();
        first.fail(new IllegalStateException("broke"));
        first.fail(new IllegalStateException("broke twice"));
        await().until(() -> b.made.size() == 2 && status("b").state().equals("running"));
        first.fail(new IllegalStateException("an old instance is nobody"));
        assertThat(first.closed()).isEqualTo(1);
        await().during(Duration.ofMillis(150)).until(() -> b.made.size() == 2);
        assertThat(status("b").restarts()).isEqualTo(1);
        assertThat(events)
                .filteredOn(event -> event.startsWith("service.failed"))
                .hasSize(1);
        assertThat(journal).doesNotContain("close a1", "close c1");
    }

    @Test
    void theWaitDoublesUpToItsLimit() {
        ServiceController.BackOff usual = ServiceController.BackOff.USUAL;
        assertThat(IntStream.of(0, 1, 2, 3, 6, 7, 8, 1_000, Integer.MAX_VALUE)
                        .mapToObj(failures -> usual.before(failures).toSeconds()))
                .containsExactly(1L, 1L, 2L, 4L, 32L, 60L, 60L, 60L, 60L);
    }

    @Test
    void oneThatHangsAtCloseDoesNotHoldUpTheOthers() {
        start();
        c.closing = new CountDownLatch(1);
        long before = System.nanoTime();
        controller.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isBetween(Duration.ofMillis(190), Duration.ofSeconds(5));
        assertThat(journal).endsWith("close c1", "close b1", "close a1");
        c.closing.countDown();
    }

    @Test
    void aFailedOneIsNotClosedAgainAtTheEnd() {
        b.refusal = new ServiceException("no");
        start();
        controller.close();
        assertThat(b.made).allSatisfy(one -> assertThat(one.closed()).isEqualTo(1));
        int made = b.made.size();
        await().during(Duration.ofMillis(100)).until(() -> b.made.size() == made);
    }

    @Test
    void theNewInstanceStartsBeforeTheOldOneIsClosed() throws ServiceException {
        start();
        controller.replace("b");
        assertThat(journal).endsWith("start b2");
        assertThat(status("b").message()).isEqualTo("b2");
        await().untilAsserted(() -> assertThat(journal).endsWith("start b2", "close b1"));
        assertThat(controller.command("b", new Command("say", Map.of())).data()).isEqualTo(Map.of("name", "b2"));
        assertThat(b.made.getFirst().closed()).isEqualTo(1);
    }

    @Test
    void aReplacementThatCannotStartLeavesTheOldOne() {
        start();
        b.refusal = new ServiceException("taken");
        assertThatThrownBy(() -> controller.replace("b"))
                .isInstanceOf(ServiceException.class)
                .hasMessage("taken");
        assertThat(status("b").message()).isEqualTo("b1");
        assertThat(b.newest().closed()).as("what it took is given back").isEqualTo(1);
        b.made.getFirst().fail(new ServiceException("later"));
        b.refusal = null;
        await().until(() -> status("b").message().equals("b" + b.made.size()) && b.made.size() > 2);
    }

    @Test
    void aReplacedOneIsClosedAlsoWhereEverythingStopsAtOnce() throws ServiceException {
        start();
        controller.replace("b");
        controller.close();
        assertThat(b.made).hasSize(2).allSatisfy(one -> assertThat(one.closed()).isEqualTo(1));
    }

    @Test
    void aReplacementEndsTheTrialsOfAFailedOne() throws ServiceException {
        b.refusal = new ServiceException("no");
        start();
        b.refusal = null;
        controller.replace("b");
        int made = b.made.size();
        await().during(Duration.ofMillis(150)).until(() -> b.made.size() == made);
        assertThat(status("b").state()).isEqualTo("running");
    }

    @Test
    void aRestartClosesFirst() {
        start();
        controller.restart("b", reason -> {
            throw new AssertionError(reason);
        });
        await().untilAsserted(() -> assertThat(journal).endsWith("close b1", "start b2"));
        awaitState("b", "running");
    }

    @Test
    void aRestartThatFailsSaysSoAndIsTriedAgain() {
        start();
        List<String> told = new CopyOnWriteArrayList<>();
        b.refusal = new ServiceException("gone");
        controller.restart("b", told::add);
        await().untilAsserted(() -> assertThat(told).containsExactly("gone"));
        b.refusal = null;
        awaitState("b", "running");
    }

    @Test
    void afterTheEndNothingStarts() {
        start();
        controller.close();
        b.newest().fail(new ServiceException("late"));
        controller.restart("b", reason -> {});
        assertThatThrownBy(() -> controller.replace("b")).isInstanceOf(ServiceException.class);
        assertThat(b.made).hasSize(1);
    }

    @Test
    void commandsGoToWhatRuns() {
        b.refusal = new ServiceException("no");
        start();
        assertThat(controller.command("a", new Command("say", Map.of())))
                .isEqualTo(CommandResponse.success(Map.of("name", "a1")));
        assertThat(controller.command("a", new Command("sing", Map.of())).message())
                .contains("sing")
                .contains("say");
        assertThat(controller.command("b", new Command("say", Map.of())).message())
                .contains("not running");
        assertThat(controller.command("z", new Command("say", Map.of())).message())
                .contains("no service 'z'");
        assertThat(controller.status("z")).isEmpty();
        assertThatThrownBy(() -> controller.replace("z")).isInstanceOf(ServiceException.class);
    }

    private CommandResponse command(String service, String name, Map<String, Object> args) {
        return controller.command(service, new Command(name, args));
    }

    @Test
    void argumentsAreCheckedBeforeAnybodyActs() {
        start();
        assertThat(command("a", "count", Map.of("from", 41)).data()).isEqualTo(Map.of("next", 42L));
        CommandResponse wrong = command("a", "count", Map.of("form", 41));
        assertThat(wrong.kind()).isEqualTo(ErrorKind.COMMAND);
        assertThat(wrong.message())
                .contains("from is missing: it must be a whole number, from 0 to 99")
                .contains("form is no argument of count; did you mean 'from'?");
        assertThat(wrong.data()).containsEntry("error", "CommandError").containsKey("problems");
    }

    @Test
    void eachFailureHasItsKind() {
        b.refusal = new ServiceException("no");
        start();
        assertThat(command("a", "conut", Map.of()).kind()).isEqualTo(ErrorKind.COMMAND);
        assertThat(command("a", "conut", Map.of()).message()).contains("did you mean 'count'?");
        assertThat(command("aa", "count", Map.of()).kind()).isEqualTo(ErrorKind.COMMAND);
        CommandResponse failed = command("a", "fail", Map.of());
        assertThat(failed.kind()).isEqualTo(ErrorKind.SERVICE);
        assertThat(failed.message()).isEqualTo("the disk is full");
        assertThat(command("a", "break", Map.of()).kind()).isEqualTo(ErrorKind.SERVICE);
        assertThat(status("a").state())
                .as("a fault in a command ends no service")
                .isEqualTo("running");
        assertThat(command("b", "say", Map.of()).kind()).isEqualTo(ErrorKind.SERVICE);
        assertThat(command("b", "sya", Map.of()).kind()).isEqualTo(ErrorKind.COMMAND);
        assertThat(command("a", "say", Map.of()).kind()).isNull();
    }

    @Test
    void everyServiceTellsItsCommandsAndItsStateAlsoWhereItDoesNotRun() {
        b.refusal = new ServiceException("no");
        start();
        assertThat(controller.commands("b"))
                .extracting(CommandView::name)
                .containsExactly("say", "count", "fail", "break", "list_commands", "get_status", "restart")
                .isEqualTo(
                        controller.commands("a").stream().map(CommandView::name).toList());
        assertThat(command("b", "list_commands", Map.of()).data()).containsEntry("commands", controller.commands("b"));
        assertThat(command("b", "get_status", Map.of()).data())
                .containsEntry("service", "b")
                .containsEntry("state", "failed")
                .containsEntry("last_error", "no")
                .containsEntry("uptime", 0.0);
        Map<String, Object> well = java.util.Objects.requireNonNull(
                command("a", "get_status", Map.of()).data());
        assertThat(well).containsEntry("state", "running").containsEntry("detail", Map.of("number", 1));
        assertThat(well.get("since"))
                .asInstanceOf(InstanceOfAssertFactories.DOUBLE)
                .isGreaterThan(1.7e9);
        assertThat(controller.commands("z")).isEmpty();
        assertThat(controller.havingOwn("say")).containsExactly("a", "b", "c");
        assertThat(controller.havingOwn("get_status")).isEmpty();
    }

    @Test
    void manyWhoAskForARestartGetOne() {
        start();
        for (int i = 0; i < 100; i++) {
            assertThat(command("b", "restart", Map.of()).data()).isEqualTo(Map.of("restarting", true));
        }
        await().untilAsserted(() -> assertThat(journal).endsWith("close b1", "start b2"));
        awaitState("b", "running");
        await().during(Duration.ofMillis(700)).until(() -> b.made.size() == 2);
        assertThat(command("b", "restart", Map.of()).succeeded()).isTrue();
        await().until(() -> b.made.size() == 3);
    }

    @Test
    void oneThatCannotTellItsHealthIsNotWell() {
        start();
        a.newest().sick = true;
        assertThat(status("a").health()).isEqualTo("failed");
        assertThat(status("a").message()).contains("ouch");
        assertThat(controller.statuses()).hasSize(3);
    }

    @Test
    void aRestartDoesNotReviveWhatWasEnded() {
        start();
        controller.restart("b", reason -> {});
        assertThat(controller.command("c", new Command("restart", Map.of())).succeeded())
                .isTrue();
        controller.end("b");
        controller.end("c");
        controller.restart("a", reason -> {});
        await().until(() -> journal.contains("start a2"));
        assertThat(journal)
                .as("they were asked for before that of a")
                .contains("close b1", "close c1")
                .doesNotContain("start b2", "start c2");
    }
}
