import HTTPTypes
import Hummingbird
import Inference
import OpenInference
import SlipwayCore
import SlipwayServices

extension InferenceRoutes {
    var allStatisticsEndpoint: Endpoint {
        Endpoint(
            .get, "/v2/models/stats",
            EndpointDocumentation(
                "Inference", "What each version of each model has done since the server started.",
                answer: .other("application/json"))
        ) { _, _ in
            let statistics = StatisticsResponse(models.statistics().map(StatisticsResponse.Version.init))
            return .openInference { statistics.write(into: &$0) }
        }
    }

    func statisticsEndpoint(at model: String) -> Endpoint {
        Endpoint(
            .get, model + "/stats",
            EndpointDocumentation(
                "Inference", "What the versions of one model have done since the server started.",
                answer: .other("application/json"))
        ) { call, _ in
            let done = models.statistics()
            let statistics = StatisticsResponse(
                try await versions(call).map { version in
                    let statistics = done.first {
                        $0.key.name == version.name && $0.key.version == "\(version.version)"
                    }
                    return statistics.map(StatisticsResponse.Version.init)
                        ?? StatisticsResponse.Version(name: version.name, version: "\(version.version)")
                })
            return .openInference { statistics.write(into: &$0) }
        }
    }
}

extension StatisticsResponse.Version {
    init(_ statistics: ModelStatistics) {
        self.init(name: statistics.key.name, version: statistics.key.version)
        lastInference = UInt64(max(0, statistics.lastInference))
        inferenceCount = UInt64(statistics.inferenceCount)
        executionCount = UInt64(statistics.executionCount)
        success = StatisticsResponse.Span(statistics.success)
        fail = StatisticsResponse.Span(statistics.fail)
        queue = StatisticsResponse.Span(statistics.queue)
        computeInput = StatisticsResponse.Span(statistics.computeInput)
        computeInfer = StatisticsResponse.Span(statistics.computeInfer)
        computeOutput = StatisticsResponse.Span(statistics.computeOutput)
        cacheHit = StatisticsResponse.Span(statistics.cacheHit)
        cacheMiss = StatisticsResponse.Span(statistics.cacheMiss)
    }
}

extension StatisticsResponse.Span {
    init(_ span: ModelStatistics.Span) {
        self.init(count: UInt64(span.count), nanoseconds: span.nanoseconds)
    }
}
