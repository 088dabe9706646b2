import Logging
import ServiceLifecycle
import SlipwayCore

extension GridService {
    /// One worker for each cluster whose proxy an operator's command renews.
    func renewals(server: ServerID, leases: any LeaseStore, logger: Logger) -> [any Service] {
        accesses.sorted { $0.key < $1.key }.compactMap { name, access in
            guard let renewal = access.configuration.renewal, let cluster = clusters[name] else { return nil }
            let bell = HintBell()
            return ProxyRenewal(
                access: access, command: RenewalCommand(renewal, grid: access.configuration, path: cluster.path),
                every: renewal.every,
                lease: Lease("proxy/\(name)", server: server, store: leases, bell: bell, logger: logger), bell: bell,
                clock: ContinuousClock(), logger: logger)
        }
    }
}
