import Inference
import SlipwayCore

extension ServiceMetrics {
    /// Figures of the models that this server has served since it began.
    func modelFigures() -> String {
        let statistics = host.statistics()
        let memory = host.memory()
        var text = Self.gauge("slipway_models_loaded", "Versions in memory.", [("", Double(memory.byModel.count))])
        text += Self.gauge(
            "slipway_model_memory_bytes", "Memory that a version takes.",
            memory.byModel.sorted { "\($0.key)" < "\($1.key)" }.map { (Self.labels($0.key), Double($0.value)) })
        text += Self.gauge(
            "slipway_model_memory_used_bytes", "Memory that all versions take, those on their way in and out included.",
            [("", Double(memory.used))])
        text += Self.gauge(
            "slipway_model_memory_budget_bytes", "Memory that all versions may take together.",
            [("", Double(memory.budget))])
        text += Self.counter(
            "slipway_model_requests_total", "Inferences, by what became of them.",
            statistics.flatMap { each in
                [
                    (Self.labels(each.key, "outcome", "success"), Double(each.success.count)),
                    (Self.labels(each.key, "outcome", "failure"), Double(each.fail.count)),
                ]
            })
        let counters: [(name: String, help: String, value: (ModelStatistics) -> Double)] = [
            ("slipway_model_rows_total", "Rows that were answered.", { Double($0.inferenceCount) }),
            (
                "slipway_model_runs_total", "Runs of the model: requests that wait share one.",
                { Double($0.executionCount) }
            ),
            ("slipway_model_loads_total", "How often a version came into memory.", { Double($0.loads) }),
            ("slipway_model_unloads_total", "How often a version left memory.", { Double($0.unloads) }),
            ("slipway_model_load_seconds_total", "Time that loads took.", { Double($0.loadNanoseconds) / 1e9 }),
            ("slipway_model_cache_hits_total", "Requests answered from the cache.", { Double($0.cacheHit.count) }),
            (
                "slipway_model_cache_misses_total", "Requests that the cache did not know.",
                { Double($0.cacheMiss.count) }
            ),
        ]
        for counter in counters {
            text += Self.counter(
                counter.name, counter.help, statistics.map { (Self.labels($0.key), counter.value($0)) })
        }
        text += Self.histograms(
            "slipway_model_queue_seconds", "Time that requests waited for a run.",
            statistics.map { ($0.key, $0.queueTime) })
        text += Self.histograms(
            "slipway_model_compute_seconds", "Time from the start of a request's run to its answer.",
            statistics.map { ($0.key, $0.computeTime) })
        text += Self.histograms(
            "slipway_model_rows_per_run", "Rows of a run.", statistics.map { ($0.key, $0.rowsPerRun) })
        return text
    }

    private static func gauge(_ name: String, _ help: String, _ samples: [(labels: String, value: Double)]) -> String {
        metric(name, "gauge", help, samples)
    }

    private static func counter(_ name: String, _ help: String, _ samples: [(labels: String, value: Double)]) -> String
    {
        metric(name, "counter", help, samples)
    }

    private static func metric(
        _ name: String, _ type: String, _ help: String, _ samples: [(labels: String, value: Double)]
    ) -> String {
        var text = "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
        for sample in samples {
            text += name + (sample.labels.isEmpty ? "" : "{\(sample.labels)}") + " \(number(sample.value))\n"
        }
        return text
    }

    private static func histograms(_ name: String, _ help: String, _ samples: [(ModelKey, Histogram)]) -> String {
        var text = "# HELP \(name) \(help)\n# TYPE \(name) histogram\n"
        for (key, histogram) in samples {
            var total = 0
            for (index, count) in histogram.counts.enumerated() {
                total += count
                let bound = index < histogram.bounds.count ? number(histogram.bounds[index]) : "+Inf"
                text += "\(name)_bucket{\(labels(key, "le", bound))} \(total)\n"
            }
            text += "\(name)_sum{\(labels(key))} \(histogram.sum)\n\(name)_count{\(labels(key))} \(total)\n"
        }
        return text
    }

    private static func labels(_ key: ModelKey, _ name: String? = nil, _ value: String = "") -> String {
        let own = "model=\"\(escaped(key.name))\",version=\"\(escaped(key.version))\""
        return name.map { "\(own),\($0)=\"\(value)\"" } ?? own
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
    }
}
