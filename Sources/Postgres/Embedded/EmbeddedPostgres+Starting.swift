import Glibc
import Logging
import Synchronization

extension EmbeddedPostgres {
    /// Blocks; runs on a thread of its own.
    func startBlocking() throws {
        guard state.withLock({ $0.server == nil }) else { return }
        guard geteuid() != 0 else {
            throw PostgresError(
                .embedded,
                "PostgreSQL refuses to run as root: start the server as an ordinary user that owns \(folder.path)")
        }
        try folder.make()
        let lock = try state.withLock { $0.lock } ?? FolderLock(path: folder.lockFile)
        let binaries = try PostgresBinaries.find(in: binFolder, forVersion: folder.version)
        try folder.initialise(with: binaries)
        let orphan = OrphanServer(clusterFolder: folder.clusterFolder)
        if orphan.stop() {
            logger.warning("A PostgreSQL left behind by a killed process was stopped")
        }
        let server = try ServerProcess(
            executable: binaries.postgres, arguments: folder.serverArguments, outputFile: folder.startFile)
        do {
            try waitUntilReady(server)
        } catch {
            server.stop(within: .seconds(5))
            throw error
        }
        state.withLock { state in
            state.lock = lock
            state.binaries = binaries
            state.server = server
            state.isStopping = false
        }
        logger.info(
            "Private PostgreSQL is running", metadata: ["folder": "\(folder.path)", "pid": "\(server.identifier)"])
    }

    /// Returns when the server takes connections and has the database.
    private func waitUntilReady(_ server: ServerProcess) throws {
        let limit = Instant.now + .seconds(60)
        var last: PostgresError?
        while Instant.now < limit {
            if let status = server.status {
                throw PostgresError(
                    .embedded, "PostgreSQL ended at its start (\(status)): \(folder.startMessages)", underlying: last)
            }
            do {
                try folder.createDatabase()
                return
            } catch {
                last = error
            }
            usleep(20_000)
        }
        throw PostgresError(
            .embedded, "PostgreSQL took no connection within 60 s: \(folder.startMessages)", underlying: last)
    }
}
