import Testing

@testable import SlipwayServer

@Suite("Metrics of HTTP")
struct MetricsTests {
    @Test("Requests are counted by route and status, their durations in cumulative buckets")
    func exposition() {
        let metrics = HTTPMetrics()
        for (status, seconds) in [(200, 0.0004), (200, 0.02), (404, 400.0)] {
            metrics.requestBegan()
            metrics.requestEnded(method: "GET", template: "/task/{id}", status: status, seconds: seconds)
        }
        metrics.requestBegan()
        let text = metrics.exposition()
        let expected = [
            "# TYPE slipway_http_requests_total counter",
            "slipway_http_requests_in_flight 1",
            "slipway_http_requests_total{method=\"GET\",route=\"/task/{id}\",status=\"200\"} 2",
            "slipway_http_requests_total{method=\"GET\",route=\"/task/{id}\",status=\"404\"} 1",
            "slipway_http_request_duration_seconds_bucket{method=\"GET\",route=\"/task/{id}\",le=\"0.001\"} 1",
            "slipway_http_request_duration_seconds_bucket{method=\"GET\",route=\"/task/{id}\",le=\"0.05\"} 2",
            "slipway_http_request_duration_seconds_bucket{method=\"GET\",route=\"/task/{id}\",le=\"300\"} 2",
            "slipway_http_request_duration_seconds_bucket{method=\"GET\",route=\"/task/{id}\",le=\"+Inf\"} 3",
            "slipway_http_request_duration_seconds_count{method=\"GET\",route=\"/task/{id}\"} 3",
        ]
        let lines = text.split(separator: "\n").map(String.init)
        for line in expected { #expect(lines.contains(line), "missing: \(line)") }
        #expect(text.hasSuffix("\n"))
    }

    @Test("A label's value cannot break out of its quotes")
    func escaping() {
        #expect(PrometheusText.escape("a\"b\\c\nd") == "a\\\"b\\\\c\\nd")
    }
}
