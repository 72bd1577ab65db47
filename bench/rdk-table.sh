# Sourced by bench/rdk: the tables, from one line of JSON for each server, phase and round in $RESULTS. Medians of the rounds.
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
function keep(what, value,   k) { k = server SUBSEP phase SUBSEP what; values[k, ++count[k]] = value }
function median(s, p, what,   k, i, j, t, c) {
    k = s SUBSEP p SUBSEP what; c = count[k]
    for (i = 1; i <= c; i++) for (j = i + 1; j <= c; j++) if (values[k, j] < values[k, i]) { t = values[k, i]; values[k, i] = values[k, j]; values[k, j] = t }
    return values[k, int((c + 1) / 2)]
}
{
    server = text("server"); phase = text("phase")
    bad += number("missing") + number("disordered")
    if (phase == "warm") next
    if (!seen[server]++) servers[++n] = server
    keep("rate", number("perSecond")); keep("cpu", number("serverUs")); keep("p50", number("p50Us")); keep("p99", number("p99Us"))
    keep("p999", number("p999Us")); keep("mb", number("residentMb")); keep("peak", number("peakMb")); keep("busy", number("serverCores"))
    keep("own", number("generatorCores")); keep("stolen", number("stolenPercent")); limit[server, phase] = text("limit")
    match($0, /"serverThreadsUs":\{[^}]*/); threads[server, phase] = substr($0, RSTART + 19, RLENGTH - 19)
}
function ratio(s, p,   base) {
    base = median("nanomsg", p, "rate")
    return base > 0 ? sprintf("%.2f", median(s, p, "rate") / base) : "–"
}
function row(s, p) {
    return grouped(median(s, p, "rate")) " | " ratio(s, p) " | " sprintf("%.1f", median(s, p, "cpu")) " | " \
        sprintf("%.2f, %.2f", median(s, p, "busy"), median(s, p, "own")) " | " limit[s, p] " | " sprintf("%d", median(s, p, "mb")) " |"
}
END {
    split("stream single", ways, " ")
    title["stream"] = "Message after message over a connection for each interface"
    title["single"] = "One message a connection, as the plugins do it"
    for (w = 1; w <= 2; w++) {
        p = ways[w]
        print "\n" title[p] "\n"
        print "| server | messages/s | of nanomsg | CPU µs a message | busy: server, generator | limit | memory MB |"
        print "|---|---|---|---|---|---|---|"
        for (i = 1; i <= n; i++) if (median(servers[i], p, "rate") > 0) print "| " servers[i] " | " row(servers[i], p)
    }
    if (median("innkeeper", "half", "rate") > 0) {
        print "\nStored and published: from when a message was due to its event at a follower, at half of the rate above\n"
        print "| messages/s | p50 ms | p99 ms | p99.9 ms | CPU µs a message | limit | peak MB |"
        print "|---|---|---|---|---|---|---|"
        s = "innkeeper"; h = "half"
        print "| " grouped(median(s, h, "rate")) " | " sprintf("%.2f | %.2f | %.2f | %.1f", median(s, h, "p50") / 1000, \
            median(s, h, "p99") / 1000, median(s, h, "p999") / 1000, median(s, h, "cpu")) " | " limit[s, h] " | " \
            sprintf("%d", median(s, h, "peak")) " |"
    }
    print ""
    for (i = 1; i <= n; i++) if (threads[servers[i], "stream"] != "") print "CPU µs a message by thread, " servers[i] ": " threads[servers[i], "stream"]
    if (bad > 0) print bad " events were missing, came twice or in disorder"
    print "limit: the thread that was busy 90 % of the time or more; cores: none was, but no core was idle; waiting: for the disk, or for" \
        " each other. A server on one core has all its threads there"
}' "$RESULTS"
