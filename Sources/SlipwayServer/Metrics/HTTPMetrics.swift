import Synchronization

/// Counts of the requests, by route and not by path, so that their number stays small.
package final class HTTPMetrics: Sendable {
    private struct Route: Hashable {
        let method: String
        let template: String
    }

    private struct Series {
        var countsByStatus: [Int: Int] = [:]
        var durations = Histogram()
    }

    private struct State {
        var series: [Route: Series] = [:]
        var inFlight = 0
        var openStreams = 0
    }

    private let state = Mutex(State())

    package init() {}

    func requestBegan() { state.withLock { $0.inFlight += 1 } }

    func requestEnded(method: String, template: String, status: Int, seconds: Double) {
        state.withLock { state in
            state.inFlight -= 1
            state.series[Route(method: method, template: template), default: Series()].countsByStatus[
                status, default: 0] +=
                1
            state.series[Route(method: method, template: template), default: Series()].durations.observe(seconds)
        }
    }

    func streamBegan() { state.withLock { $0.openStreams += 1 } }

    func streamEnded() { state.withLock { $0.openStreams -= 1 } }

    /// Prometheus' text format 0.0.4.
    package func exposition() -> String {
        let state = state.withLock { $0 }
        let series = state.series.sorted { ($0.key.template, $0.key.method) < ($1.key.template, $1.key.method) }
        var text = PrometheusText()
        text.metric("slipway_http_requests_in_flight", .gauge, "Requests that are being answered.")
        text.sample("slipway_http_requests_in_flight", [], Double(state.inFlight))
        text.metric("slipway_http_streams_open", .gauge, "Event streams, followed logs and downloads under way.")
        text.sample("slipway_http_streams_open", [], Double(state.openStreams))
        text.metric("slipway_http_requests_total", .counter, "Requests answered, by method, route and status.")
        for (route, series) in series {
            for (status, count) in series.countsByStatus.sorted(by: { $0.key < $1.key }) {
                text.sample(
                    "slipway_http_requests_total",
                    [("method", route.method), ("route", route.template), ("status", String(status))], Double(count))
            }
        }
        let name = "slipway_http_request_duration_seconds"
        text.metric(name, .histogram, "Seconds until the answer began, by method and route.")
        for (route, series) in series {
            text.histogram(name, [("method", route.method), ("route", route.template)], series.durations)
        }
        return text.text
    }
}
