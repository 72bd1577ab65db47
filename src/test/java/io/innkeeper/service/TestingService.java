package io.innkeeper.service;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Instances of a service that do what the test says, and note what is done to them. */
final class TestingService {
    final String name;
    final List<String> journal;
    final List<Instance> made = new CopyOnWriteArrayList<>();

    /** Why the next instances do not start; null where they do. */
    volatile @Nullable Exception refusal;

    /** Why none can be made; null where they can. */
    volatile @Nullable RuntimeException unmade;

    /** Holds up every close until it is at zero. */
    volatile CountDownLatch closing = new CountDownLatch(0);

    TestingService(String name, List<String> journal) {
        this.name = name;
        this.journal = journal;
    }

    Service make() {
        RuntimeException reason = unmade;
        if (reason != null) {
            throw reason;
        }
        Instance instance = new Instance(made.size() + 1);
        made.add(instance);
        return instance;
    }

    Instance newest() {
        return made.getLast();
    }

    final class Instance implements Service {
        final int number;
        volatile @Nullable FailureListener listener;
        volatile boolean sick;
        private final AtomicInteger closes = new AtomicInteger();

        Instance(int number) {
            this.number = number;
        }

        private void note(String what) {
            journal.add(what + " " + name + number);
        }

        int closed() {
            return closes.get();
        }

        void fail(Throwable reason) {
            FailureListener told = listener;
            if (told != null) {
                told.failed(reason);
            }
        }

        @Override
        public void start(FailureListener failureListener) throws ServiceException {
            note("start");
            listener = failureListener;
            switch (refusal) {
                case ServiceException e -> throw e;
                case RuntimeException e -> throw e;
                case null, default -> {}
            }
        }

        @Override
        public void close() {
            note("close");
            closes.incrementAndGet();
            try {
                boolean _ = closing.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public Health health() {
            if (sick) {
                throw new IllegalStateException("ouch");
            }
            return new Health(Health.Level.OK, name + number, Map.of("number", number));
        }

        @Override
        public List<OwnCommand> commands() {
            return List.of(
                    new OwnCommand(
                            CommandSpec.of("say", "Says its name.", "name"),
                            _ -> CommandResponse.success(Map.of("name", name + number))),
                    new OwnCommand(
                            CommandSpec.of("count", "Counts.", "next")
                                    .taking(ArgumentSpec.required("from", ArgumentType.INTEGER, "From here.")
                                            .range(0, 99)),
                            arguments ->
                                    CommandResponse.success(Map.of("next", arguments.get("from", Long.class) + 1))),
                    new OwnCommand(CommandSpec.of("fail", "Fails.", "nothing"), _ -> {
                        throw new ServiceException("the disk is full");
                    }),
                    new OwnCommand(CommandSpec.of("break", "Has a fault.", "nothing"), _ -> {
                        throw new IllegalStateException("a fault");
                    }));
        }
    }
}
