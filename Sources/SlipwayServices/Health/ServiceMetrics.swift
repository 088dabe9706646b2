import Foundation
import Inference
import SlipwayCore

/// Figures of tasks and clusters as Prometheus text (exposition format 0.0.4).
package struct ServiceMetrics: Sendable {
    let store: any TaskStore
    let clusters: ClusterService
    let calls: [String: CallCounter]
    let monitors: [String: MonitorMeter]
    let webhooks: any WebhookStore
    let webhookTally: WebhookTally
    let host: ModelHost
    let grid: GridService

    package func exposition() async -> String {
        var text = ""
        if let counts = try? await store.counts() {
            text += "# HELP slipway_tasks Tasks that have not ended, by state.\n# TYPE slipway_tasks gauge\n"
            for state in TaskState.allCases where !state.isFinal {
                text += "slipway_tasks{state=\"\(state.rawValue)\"} \(counts[state] ?? 0)\n"
            }
        }
        text +=
            "# HELP slipway_slurm_calls_total Calls of Slurm's commands.\n# TYPE slipway_slurm_calls_total counter\n"
        for (cluster, counter) in calls.sorted(by: { $0.key < $1.key }) {
            for (command, count) in counter.all.sorted(by: { $0.key < $1.key }) {
                text +=
                    "slipway_slurm_calls_total{cluster=\"\(Self.escaped(cluster))\",command=\"\(command)\"} \(count)\n"
            }
        }
        text += "# HELP slipway_cluster_last_contact_seconds When squeue last answered, since 1970.\n"
        text += "# TYPE slipway_cluster_last_contact_seconds gauge\n"
        for status in await clusters.list() {
            guard let contact = status.lastContact else { continue }
            text += "slipway_cluster_last_contact_seconds{cluster=\"\(Self.escaped(status.name))\"} "
            text += "\(contact.timeIntervalSince1970)\n"
        }
        return text + monitorFigures() + modelFigures() + (await gridFigures()) + (await webhookFigures())
    }

    private func webhookFigures() async -> String {
        var text = "# HELP slipway_webhook_deliveries_total Tries to tell a task's end, by what became of them.\n"
        text += "# TYPE slipway_webhook_deliveries_total counter\n"
        for outcome in WebhookTally.Outcome.allCases {
            text += "slipway_webhook_deliveries_total{outcome=\"\(outcome.rawValue)\"} \(webhookTally.count(outcome))\n"
        }
        guard let waiting = try? await webhooks.waiting() else { return text }
        text += "# HELP slipway_webhooks_waiting Ends of tasks that are still to be told.\n"
        return text + "# TYPE slipway_webhooks_waiting gauge\nslipway_webhooks_waiting \(waiting)\n"
    }

    static func escaped(_ label: String) -> String {
        label.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
            .replacingOccurrences(of: "\n", with: "\\n")
    }
}
