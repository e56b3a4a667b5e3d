-- One line of JSON at the end: requests a second, percentiles in milliseconds, answers that were not 2xx.
local addresses = {}
for address in io.lines(os.getenv("ADRESSES")) do addresses[#addresses + 1] = address end
local turn = 0

request = function()
  turn = turn + 1
  return wrk.format(os.getenv("METHODE") or "GET", addresses[(turn - 1) % #addresses + 1],
    { ["Accept-Encoding"] = "gzip", ["Content-Type"] = "application/json" }, os.getenv("CORPS"))
end

done = function(summary, latency)
  io.write(string.format('{"rate": %.1f, "p50": %.2f, "p95": %.2f, "p99": %.2f, "requests": %d, "failed": %d}\n',
    summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(95) / 1000,
    latency:percentile(99) / 1000, summary.requests,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout))
end
