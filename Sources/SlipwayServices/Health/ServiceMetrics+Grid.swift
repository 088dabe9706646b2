import Foundation

extension ServiceMetrics {
    /// Figures of the proxies for remote files; none where no cluster has one.
    func gridFigures() async -> String {
        let accesses = grid.accesses.sorted { $0.key < $1.key }.map {
            ("cluster=\"\(Self.escaped($0.key))\"", $0.value)
        }
        guard !accesses.isEmpty else { return "" }
        var text =
            "# HELP slipway_proxy_seconds Seconds that the proxy for remote files lasts, 0 where it does not serve.\n"
        text += "# TYPE slipway_proxy_seconds gauge\n"
        for (label, access) in accesses {
            guard let standing = try? await access.standing() else { continue }
            text += "slipway_proxy_seconds{\(label)} \(Int(standing.left))\n"
        }
        text += "# HELP slipway_proxy_renewals_total Runs of the command that renews it, by what became of them.\n"
        text += "# TYPE slipway_proxy_renewals_total counter\n"
        for (label, access) in accesses where access.configuration.renewal != nil {
            for kind in RenewalOutcome.Kind.allCases {
                text +=
                    "slipway_proxy_renewals_total{\(label),outcome=\"\(kind.rawValue)\"} \(access.record.count(kind))\n"
            }
        }
        return text
    }
}
