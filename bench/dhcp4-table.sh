# Sourced by bench/dhcp4: the tables, from one line of JSON for each server and phase in $RESULTS.
awk '
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
function ratio(server, phase) { return rate["kea", phase] > 0 ? sprintf("%.2f", rate[server, phase] / rate["kea", phase]) : "-" }
{
    server = text("server"); phase = text("phase")
    if (phase == "warm") next
    rate[server, phase] = number("perSecond"); p50[server, phase] = number("p50Us"); p99[server, phase] = number("p99Us")
    drops[server, phase] = number("dropPercent"); cpu[server, phase] = number("serverUs"); mb[server, phase] = number("residentMb")
    own[server, phase] = number("generatorUs"); limit[server, phase] = text("limit"); stolen[server, phase] = number("stolenPercent")
    idle[server, phase] = number("idleCores"); busy[server, phase] = number("serverCores"); load[server, phase] = number("generatorCores")
    if (match($0, /"serverThreadsUs":\{[^}]*\}/)) threads[server, phase] = substr($0, RSTART + 19, RLENGTH - 20)
    bad[server] += number("wrong") + number("givenTwice"); failed[server] += number("failed"); moved[server] += number("moved")
    if (!seen[server]++) servers[++n] = server
    level = phase; sub(/.*-/, "", level)
    if (!known[server, level]++) levels[server] = levels[server] " " level
}
END {
    print "\nFour-way exchanges, 64 in flight; half: at half that rate, from when an exchange was due. New clients fill the pool; known clients hold leases.\n"
    print "| server | leases | new/s | × Kea | known/s | × Kea | p50 ms | p99 ms | p99 ms at half | drops | CPU µs | memory MB | limit |"
    print "|---|---|---|---|---|---|---|---|---|---|---|---|---|"
    for (i = 1; i <= n; i++) {
        s = servers[i]; count = split(levels[s], each, " ")
        for (k = 1; k <= count; k++) {
            l = each[k]; a = "again-" l; h = "again-half-" l; f = "new-" l
            print "| " s " | " grouped(l) " | " grouped(rate[s, f]) " | " ratio(s, f) " | " grouped(rate[s, a]) " | " ratio(s, a) \
                " | " ms(p50[s, a]) " | " ms(p99[s, a]) " | " ms(p99[s, h]) " | " sprintf("%.2f %%", drops[s, a]) \
                " | " sprintf("%.1f", cpu[s, a]) " | " sprintf("%d", mb[s, a]) " | " limit[s, a] " |"
        }
    }
    print "\nRenewals.\n"
    print "| server | leases | renewals/s | × Kea | p50 ms | p99 ms | p99 ms at half | drops | CPU µs | limit |"
    print "|---|---|---|---|---|---|---|---|---|---|"
    for (i = 1; i <= n; i++) {
        s = servers[i]; count = split(levels[s], each, " ")
        for (k = 1; k <= count; k++) {
            l = each[k]; a = "renew-" l; h = "renew-half-" l
            print "| " s " | " grouped(l) " | " grouped(rate[s, a]) " | " ratio(s, a) " | " ms(p50[s, a]) " | " ms(p99[s, a]) " | " \
                ms(p99[s, h]) " | " sprintf("%.2f %%", drops[s, a]) " | " sprintf("%.1f", cpu[s, a]) " | " limit[s, a] " |"
        }
    }
    print "\nWhere the cores were, for known clients at full load.\n"
    print "| server | leases | server cores | generator cores | idle cores | stolen | generator CPU µs | server CPU µs by thread |"
    print "|---|---|---|---|---|---|---|---|"
    for (i = 1; i <= n; i++) {
        s = servers[i]; count = split(levels[s], each, " ")
        for (k = 1; k <= count; k++) {
            l = each[k]; a = "again-" l; t = threads[s, a]; gsub(/[{}"]/, "", t); gsub(/:/, " ", t); gsub(/,/, ", ", t)
            print "| " s " | " grouped(l) " | " sprintf("%.2f | %.2f | %.2f | %.1f %%", busy[s, a], load[s, a], idle[s, a], stolen[s, a]) \
                " | " sprintf("%.1f", own[s, a]) " | " t " |"
        }
    }
    print ""
    for (i = 1; i <= n; i++) {
        s = servers[i]
        if (bad[s] + failed[s] + moved[s] > 0) {
            print s ": " bad[s] " answers that break the rules, " failed[s] " exchanges without a lease, " moved[s] " clients moved to another address"
        }
    }
    print "limit: the thread that was busy 90 % of the time or more; cores: none was, but no core was idle; waiting: for disk or wake-ups"
}' "$RESULTS"

echo
echo "From the start of the process to the first OFFER."
echo
echo "| server | leases | seconds | memory MB |"
echo "|---|---|---|---|"
cat "$WORK/start-table" 2>/dev/null

if [ -f "$WORK/perf-table" ]; then
  echo
  echo "The same seen by perfdhcp (open loop, under 1 % drops; it uses more than a core itself), on top of the leases above."
  echo
  echo "| server | asked/s | seen/s | drops | mean delay DISCOVER + REQUEST |"
  echo "|---|---|---|---|---|"
  cat "$WORK/perf-table"
fi
