import CPostgres

/// What libpq needs to cancel a connection's statement from another thread.
///
/// `@unchecked Sendable`: PQcancel only reads the PGcancel and may run in any thread (libpq manual, 34.7); it is
/// freed in `deinit`, when nobody else holds it.
final class Canceller: @unchecked Sendable {
    private let handle: OpaquePointer?

    init(of connection: OpaquePointer) {
        handle = PQgetCancel(connection)
    }

    deinit {
        PQfreeCancel(handle)
    }

    /// Asks the server to cancel what it executes; returns when the server has taken the wish. Blocks.
    func cancel() {
        guard let handle else { return }
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { message in
            _ = PQcancel(handle, message.baseAddress, Int32(message.count))
        }
    }
}
