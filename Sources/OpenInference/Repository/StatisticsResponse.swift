package import NIOCore

/// The answer to `GET /v2/models[/NAME[/versions/VERSION]]/stats`.
package struct StatisticsResponse: Sendable, Hashable {
    /// How often something was done, and how long it took in sum.
    package struct Span: Sendable, Hashable {
        package let count: UInt64
        package let nanoseconds: UInt64

        package init(count: UInt64 = 0, nanoseconds: UInt64 = 0) {
            self.count = count
            self.nanoseconds = nanoseconds
        }
    }

    /// What one version has done since the server started.
    package struct Version: Sendable, Hashable {
        package var name: String
        package var version: String
        /// Milliseconds since 1970; 0 where there was none.
        package var lastInference: UInt64 = 0
        /// Rows, however many came together.
        package var inferenceCount: UInt64 = 0
        /// Runs of the model.
        package var executionCount: UInt64 = 0
        package var success = Span()
        package var fail = Span()
        package var queue = Span()
        package var computeInput = Span()
        package var computeInfer = Span()
        package var computeOutput = Span()
        package var cacheHit = Span()
        package var cacheMiss = Span()

        package init(name: String, version: String) {
            self.name = name
            self.version = version
        }
    }

    package let versions: [Version]

    package init(_ versions: [Version]) {
        self.versions = versions
    }

    /// Appends the statistics as JSON.
    package func write(into buffer: inout ByteBuffer) {
        var writer = JSONWriter(reserving: 64 + versions.count * 600)
        writer.object { writer in
            writer.member("model_stats", array: versions, Self.write)
        }
        writer.write(into: &buffer)
    }

    private static func write(_ writer: inout JSONWriter, _ version: Version) {
        writer.object { writer in
            writer.member("name", string: version.name)
            writer.member("version", string: version.version)
            writer.member("last_inference", integer: version.lastInference)
            writer.member("inference_count", integer: version.inferenceCount)
            writer.member("execution_count", integer: version.executionCount)
            writer.member("inference_stats") { writer in
                writer.member("success") { write(&$0, version.success) }
                writer.member("fail") { write(&$0, version.fail) }
                writer.member("queue") { write(&$0, version.queue) }
                writer.member("compute_input") { write(&$0, version.computeInput) }
                writer.member("compute_infer") { write(&$0, version.computeInfer) }
                writer.member("compute_output") { write(&$0, version.computeOutput) }
                writer.member("cache_hit") { write(&$0, version.cacheHit) }
                writer.member("cache_miss") { write(&$0, version.cacheMiss) }
            }
            writer.member("batch_stats", array: [Span]()) { writer, _ in writer.object { _ in } }
        }
    }

    private static func write(_ writer: inout JSONWriter, _ span: Span) {
        writer.member("count", integer: span.count)
        writer.member("ns", integer: span.nanoseconds)
    }
}
