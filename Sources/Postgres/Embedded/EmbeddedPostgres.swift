package import Logging
import ServiceLifecycle
import Synchronization

/// A private PostgreSQL server in a folder of its own: no TCP, a Unix socket that only its owner can reach.
///
/// `start()` sets the folder up on the first time and takes over what a killed owner left behind; `run()` watches the
/// server, starts it again when it dies, and stops it on graceful shutdown. PostgreSQL refuses to run as root.
package final class EmbeddedPostgres: Sendable, Service {
    let folder: EmbeddedFolder
    let binFolder: String?
    let logger: Logger
    let state = Mutex(State())

    struct State {
        var lock: FolderLock?
        var server: ServerProcess?
        var binaries: PostgresBinaries?
        var isStopping = false
    }

    /// - Parameters:
    ///   - dataFolder: Everything of the server lives there; it is made on the first start. Its parent must exist.
    ///   - binFolder: Where `postgres` and `initdb` are; nil looks in PATH, then in /usr/lib/postgresql.
    package init(dataFolder: String, binFolder: String?, logger: Logger) {
        folder = EmbeddedFolder(path: dataFolder)
        self.binFolder = binFolder
        self.logger = logger
    }

    /// The URL for `PostgresClient`; valid from the beginning.
    package var url: String { folder.url }

    /// The server's process, while it runs.
    package var processIdentifier: Int32? { state.withLock { $0.server?.identifier } }

    /// Starts the server and returns when it takes connections; does nothing where it runs already.
    ///
    /// Throws `.embedded` as root, where the folder belongs to another live process, where the programs are missing or
    /// of another major version than the folder's, and where the server does not come up.
    package func start() async throws {
        try await BlockingThread.run { try self.startBlocking() }
    }

    /// Stops the server, its clients' connections included, and gives the folder free.
    package func stop() async {
        state.withLock { $0.isStopping = true }
        // Where no thread is to be had, the server is left running; the next start takes it over.
        try? await BlockingThread.run {
            guard let server = self.state.withLock({ $0.server }) else { return }
            server.stop(within: .seconds(10))
            self.folder.removeShortSocketFolder()
            self.state.withLock { state in
                state.server = nil
                state.lock = nil
            }
        }
    }

    /// Starts the server where it is not running, watches it, and stops it on graceful shutdown or cancellation.
    package func run() async throws {
        do {
            try await start()
            try await cancelWhenGracefulShutdown { try await self.watch() }
        } catch is CancellationError {
            await stop()
            return
        } catch {
            await stop()
            throw error
        }
        await stop()
    }
}
