# Sourced by bench/dns: the tables, from one line of JSON for each server and phase in $RESULTS.
awk -v list="$LISTS" '
function number(key) {
    return match($0, "\"" key "\":[-0-9.]+") ? substr($0, RSTART + length(key) + 3, RLENGTH - length(key) - 3) + 0 : 0
}
function text(key) {
    return match($0, "\"" key "\":\"[^\"]*\"") ? substr($0, RSTART + length(key) + 4, RLENGTH - length(key) - 5) : ""
}
function grouped(n,   s, out) {
    s = sprintf("%d", n)
    while (length(s) > 3) { out = "," substr(s, length(s) - 2) out; s = substr(s, 1, length(s) - 3) }
    return s out
}
function ms(us) { return sprintf("%.2f", us / 1000) }
{
    phase = text("phase"); server = text("server"); k = server SUBSEP text("list") SUBSEP phase
    if (!seen[server]++) servers[++n] = server
    first[server, text("list")] = number("firstS")
    if (phase == "warm" || phase == "fill") next
    rate[k] = number("perSecond"); p50[k] = number("p50Us"); p99[k] = number("p99Us"); cpu[k] = number("serverUs")
    mb[k] = number("residentMb"); limit[k] = text("limit"); lost[k] = number("lost"); busy[k] = number("serverCores")
    own[k] = number("generatorCores"); stolen[k] = number("stolenPercent")
    bad[server] += number("wrong"); strays[server] += number("strays")
    if (phase == "hits" && rate[k] > best[text("list")] && server != "echo") best[text("list")] = rate[k]
}
function row(s, l, p, h) {
    return grouped(rate[s, l, p]) " | " ms(p50[s, l, p]) " | " ms(p99[s, l, p]) " | " ms(p50[s, l, h]) " | " ms(p99[s, l, h]) \
        " | " sprintf("%.1f", cpu[s, l, p])
}
END {
    print "\nFrom the cache, 100 questions in flight; half: at half that rate, from when a question was due.\n"
    print "| server | answers/s | of the best | p50 ms | p99 ms | p50 at half | p99 at half | CPU µs | memory MB | lost | busy: server, generator | limit |"
    print "|---|---|---|---|---|---|---|---|---|---|---|---|"
    for (i = 1; i <= n; i++) {
        s = servers[i]; l = "no"; p = "hits"; h = "hits-half"
        print "| " s " | " grouped(rate[s, l, p]) " | " sprintf("%.2f", best[l] > 0 ? rate[s, l, p] / best[l] : 0) " | " \
            ms(p50[s, l, p]) " | " ms(p99[s, l, p]) " | " ms(p50[s, l, h]) " | " ms(p99[s, l, h]) " | " \
            sprintf("%.1f", cpu[s, l, p]) " | " sprintf("%d", mb[s, l, p]) " | " lost[s, l, p] + lost[s, l, h] " | " \
            sprintf("%.2f, %.2f", busy[s, l, p], own[s, l, p]) " | " limit[s, l, p] " |"
    }
    if (list ~ /yes/) {
        print "\nWith the list of blocked names; start: from the start of the process to the first right answer, with the list of a blocked name.\n"
        print "| server | start s, without | with | memory MB, without | with | hits/s with (without) | blocked/s | p50 ms | p99 ms | p50 at half | p99 at half | CPU µs |"
        print "|---|---|---|---|---|---|---|---|---|---|---|---|"
        for (i = 1; i <= n; i++) {
            s = servers[i]
            print "| " s " | " sprintf("%.2f | %.2f | %d | %d", first[s, "no"], first[s, "yes"], mb[s, "no", "hits"], mb[s, "yes", "blocked"]) \
                " | " grouped(rate[s, "yes", "hits"]) " (" grouped(rate[s, "no", "hits"]) ") | " row(s, "yes", "blocked", "blocked-half") " |"
        }
    }
    print ""
    for (i = 1; i <= n; i++) {
        s = servers[i]
        if (bad[s] + strays[s] > 0) print s ": " bad[s] " wrong answers, " strays[s] " that nobody waited for"
    }
    print "limit: the thread that was busy 90 % of the time or more; cores: none was, but no core was idle; waiting: for wake-ups"
}' "$RESULTS"

if [ -f "$WORK/perf-table" ]; then
  echo
  echo "The same seen by dnsperf (100 in flight), which is the limit itself above some 130,000 a second."
  echo
  echo "| server | answers/s | mean ms | lost |"
  echo "|---|---|---|---|"
  cat "$WORK/perf-table"
fi
