package io.innkeeper.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a process has used up to a moment, from {@code /proc}. CPU times are nanoseconds, of threads that still run; of the
 * whole machine they are ticks.
 *
 * @param threads CPU time of each thread, by its number
 * @param names names of the threads
 * @param residentKb memory of the process, in KiB
 * @param idle ticks in which a core had nothing to do
 * @param stolen ticks that the machine under this one took
 * @param ticks all ticks of all cores
 */
record ProcessUsage(
        Map<String, Long> threads, Map<String, String> names, long residentKb, long idle, long stolen, long ticks) {

    /** Now; a process that is gone has used nothing. */
    static ProcessUsage of(long pid) {
        Map<String, Long> threads = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        for (Path task : tasks(pid)) {
            String[] schedule = text(task.resolve("schedstat")).split(" ", -1);
            if (schedule.length == 3) {
                String thread = String.valueOf(task.getFileName());
                threads.put(thread, Long.parseLong(schedule[0]));
                names.put(thread, text(task.resolve("comm")).strip());
            }
        }
        long[] cores = Stream.of(text(Path.of("/proc/stat"))
                        .lines()
                        .findFirst()
                        .orElse("cpu")
                        .replaceFirst("cpu +", "")
                        .split(" ", -1))
                .mapToLong(Long::parseLong)
                .limit(8)
                .toArray();
        return new ProcessUsage(
                threads,
                names,
                resident(pid),
                cores[3] + cores[4],
                cores[7],
                LongStream.of(cores).sum());
    }

    private static List<Path> tasks(long pid) {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
            return tasks.toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    private static long resident(long pid) {
        return text(Path.of("/proc/" + pid + "/status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    /** CPU time of all threads. */
    long total() {
        return threads.values().stream().mapToLong(Long::longValue).sum();
    }

    /** CPU time since an earlier moment, by name of thread; threads of one name count together. */
    Map<String, Long> since(ProcessUsage before) {
        Map<String, Long> used = new TreeMap<>();
        threads.forEach((thread, time) -> used.merge(
                String.valueOf(names.get(thread)), time - before.threads.getOrDefault(thread, 0L), Long::sum));
        return used;
    }

    /** CPU time since an earlier moment of the thread that used most. */
    long busiest(ProcessUsage before) {
        return threads.entrySet().stream()
                .mapToLong(entry -> entry.getValue() - before.threads.getOrDefault(entry.getKey(), 0L))
                .max()
                .orElse(0);
    }
}
