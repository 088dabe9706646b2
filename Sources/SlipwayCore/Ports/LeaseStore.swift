/// Who does what only one server may do.
package protocol LeaseStore: Sendable {
    /// Says that this server lives, for `seconds` from now; what a server that is not alive has claimed is free.
    func heartbeat(_ server: ServerID, seconds: Double) async throws
    /// Takes or renews a lease; false when another living server holds it.
    func acquire(_ name: String, for server: ServerID, seconds: Double) async throws -> Bool
    /// Gives back one lease, if this server holds it.
    func release(_ name: String, of server: ServerID) async throws
    /// Those of these servers that were alive within the last `seconds`.
    func living(_ servers: [ServerID], within seconds: Double) async throws -> Set<ServerID>
    /// Gives back all leases and claims of a server that ends in order.
    func leave(_ server: ServerID) async throws
    /// The database answers.
    func ping() async throws
}
