package io.innkeeper.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.innkeeper.lease.BindingBook;
import io.innkeeper.scenario.PlanText;
import io.innkeeper.service.Health;
import io.innkeeper.service.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the service says of itself, and what it does when it starts, changes and ends. */
class Dhcp4ServiceTest {
    private static final String GOOD = "subnet 192.168.1.0/24\npool 192.168.1.100-192.168.1.109\n";
    private static final String BAD = GOOD + "pool 192.168.1.200-192.168.1.209 class=none-such\n";

    private final TestingServer server = new TestingServer();
    private final TestingWorld world = new TestingWorld();
    private Plan plan = PlanText.of(GOOD);
    private @Nullable RuntimeException noPlan;
    private @Nullable ServiceException noWorld;
    private final Dhcp4Service service = new Dhcp4Service((first, _) -> opened(), this::plan);

    private Plan plan() {
        if (noPlan != null) {
            throw noPlan;
        }
        return plan;
    }

    private Dhcp4Service.World opened() throws ServiceException {
        if (noWorld != null) {
            throw noWorld;
        }
        return world;
    }

    private void start() throws ServiceException {
        service.start(reason -> {});
    }

    @Test
    void aPlanThatCannotBeAdoptedIsSeenInHealthUntilOneIs() throws Exception {
        start();
        assertThat(service.health().level()).isEqualTo(Health.Level.OK);
        plan = PlanText.of(BAD);
        service.adjust();
        assertThat(service.health().level()).isEqualTo(Health.Level.DEGRADED);
        assertThat(service.health().message()).contains("not in force", "none-such");
        assertThat(server.engine
                        .plan()
                        .networks()
                        .getFirst()
                        .subnets()
                        .getFirst()
                        .pools())
                .as("the old plan")
                .hasSize(1);
        assertThat(world.adjusted).isEqualTo(1);
        service.adjust();
        assertThat(service.health().level()).isEqualTo(Health.Level.DEGRADED);
        plan = PlanText.of(GOOD);
        service.adjust();
        assertThat(service.health()).isEqualTo(new Health(Health.Level.OK, "serving", Map.of()));
    }

    @Test
    void aPlanThatCannotBeMadeIsSeenToo() throws Exception {
        start();
        noPlan = new IllegalStateException("no such option");
        service.adjust();
        assertThat(service.health().level()).isEqualTo(Health.Level.DEGRADED);
        assertThat(service.health().message()).contains("no such option");
        noPlan = null;
        service.adjust();
        assertThat(service.health().level()).isEqualTo(Health.Level.OK);
    }

    @Test
    void theSamePlanIsNotCarriedOutAgain() throws Exception {
        start();
        int before = server.plans.size();
        plan = PlanText.of(GOOD);
        service.adjust();
        assertThat(server.plans).hasSize(before);
        plan = PlanText.of(GOOD + "set rapid-commit");
        service.adjust();
        service.adjust();
        assertThat(server.plans).hasSize(before + 1);
        assertThat(world.adjusted).isEqualTo(server.plans.size());
    }

    @Test
    void troubleOfTheStoreGoesFirst() throws Exception {
        start();
        server.trouble = "no space left";
        assertThat(service.health().level()).isEqualTo(Health.Level.FAILED);
        assertThat(service.health().message()).contains("no space left");
    }

    @Test
    void beforeItsStartAndAfterItsEndNobodyWaits() throws Exception {
        assertThatThrownBy(() -> service.ask((_, _) -> Answering.Answer.of(1))).isInstanceOf(ServiceException.class);
        service.adjust();
        start();
        String answer = service.ask((_, _) -> Answering.Answer.of("here"));
        assertThat(answer).isEqualTo("here");
        service.close();
        assertThat(server.calls).containsExactly("start", "close", "world closed");
        assertThat(service.runs()).isFalse();
        assertThatThrownBy(() -> service.ask((_, _) -> Answering.Answer.of(1))).isInstanceOf(ServiceException.class);
        service.adjust();
        service.close();
        assertThat(server.calls).as("it ends once").hasSize(3);
        assertThat(service.health().level()).isEqualTo(Health.Level.FAILED);
    }

    @Test
    void whatCannotBeOpenedDoesNotRunAndCanBeClosed() {
        noWorld = new ServiceException("port 67 is taken");
        assertThatThrownBy(this::start).hasMessageContaining("port 67 is taken");
        assertThat(service.runs()).isFalse();
        service.close();
        assertThat(server.calls).isEmpty();
    }

    /** Answers in the thread that asks. */
    private static final class TestingServer implements Answering {
        final DhcpEngine engine = new DhcpEngine(new BindingBook(1_000, 7), PlanText.of(GOOD));
        final List<Plan> plans = new ArrayList<>();
        final List<String> calls = new ArrayList<>();

        @Nullable
        String trouble;

        @Override
        public void start() {
            calls.add("start");
        }

        @Override
        public @Nullable String trouble() {
            return trouble;
        }

        @Override
        public <T> CompletableFuture<T> ask(Question<T> question) {
            return CompletableFuture.completedFuture(
                    question.put(engine, ModesKit.T0).value());
        }

        @Override
        public CompletableFuture<Boolean> plan(Plan plan) {
            plans.add(plan);
            try {
                engine.plan(plan);
                return CompletableFuture.completedFuture(true);
            } catch (IllegalArgumentException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }

    private final class TestingWorld implements Dhcp4Service.World {
        int adjusted;

        @Override
        public Answering server() {
            return server;
        }

        @Override
        public void adjusted(Plan next) {
            adjusted++;
        }

        @Override
        public <T> T aside(Answering.Question<T> question) {
            throw new AssertionError("asked aside of a server that owns its leases");
        }

        @Override
        public Map<Integer, Long> others() {
            return Map.of();
        }

        @Override
        public List<String> complaints() {
            return List.of();
        }

        @Override
        public String summary() {
            return "serving";
        }

        @Override
        public Map<String, Object> numbers() {
            return Map.of();
        }

        @Override
        public void close() {
            server.calls.add("world closed");
        }
    }
}
