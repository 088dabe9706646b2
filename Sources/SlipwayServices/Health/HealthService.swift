import Foundation
import SlipwayCore

/// Whether the server can do its work.
package struct HealthService: Sendable {
    let leases: any LeaseStore
    let clusters: ClusterService
    let models: ModelService
    let grid: GridService

    /// A cluster that was not heard for so many seconds is pointed out.
    private static let silence = 120.0

    package func readiness() async -> [HealthCheck] {
        var checks = [await database()]
        for status in await clusters.list() {
            let silent = status.lastContact.map { Date().timeIntervalSince($0) > Self.silence } ?? true
            let detail =
                status.problem ?? status.lastContact.map { "last contact \(Int(Date().timeIntervalSince($0))) s ago" }
                ?? "not contacted by this server yet"
            if let problem = status.accountingProblem {
                checks.append(
                    HealthCheck(
                        name: "accounting of \(status.name)", isHealthy: false, isRequired: false,
                        detail: "\(problem) Jobs are followed by squeue and their exit files meanwhile."))
            }
            checks.append(
                HealthCheck(
                    name: "cluster \(status.name)", isHealthy: status.problem == nil && !silent, isRequired: false,
                    detail: detail))
        }
        checks += await grid.health()
        for engine in await models.engines() {
            checks.append(
                HealthCheck(
                    name: "engine \(engine.name)", isHealthy: engine.problem == nil, isRequired: false,
                    detail: engine.problem ?? engine.version ?? ""))
        }
        return checks
    }

    private func database() async -> HealthCheck {
        do {
            try await leases.ping()
            return HealthCheck(name: "database", isHealthy: true, isRequired: true, detail: "answers")
        } catch {
            return HealthCheck(
                name: "database", isHealthy: false, isRequired: true,
                detail: (error as? SlipwayError)?.message ?? "does not answer")
        }
    }
}

/// One thing that the server needs.
package struct HealthCheck: Sendable {
    package var name: String
    package var isHealthy: Bool
    /// Without it the server is not ready; others only degrade it.
    package var isRequired: Bool
    package var detail: String
}
