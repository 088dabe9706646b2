import Foundation
import NIOPosix
import Postgres

/// What a task needs at the least to be there after a power cut: its files and folder synced, and one row committed.
struct DurableFloor: Sendable {
    private let folder: String
    private let files: [(name: String, content: String)]
    private let client: PostgresClient

    init(folder: String, files: [(name: String, content: String)], client: PostgresClient) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        self.folder = folder
        self.files = files
        self.client = client
    }

    /// - Returns: How many a second.
    func run(count: Int, callers: Int) async throws -> Double {
        _ = try await client.query("CREATE TABLE IF NOT EXISTS bench_floor (id text PRIMARY KEY, config text NOT NULL)")
        let threads = NIOThreadPool(numberOfThreads: callers)
        threads.start()
        let start = ContinuousClock.now
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for caller in 0..<callers {
                    group.addTask {
                        for number in 0..<(count / callers) {
                            try await one("\(callers)-\(caller)-\(number)", on: threads)
                        }
                    }
                }
                try await group.waitForAll()
            }
        } catch {
            try? await threads.shutdownGracefully()
            throw error
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        try await threads.shutdownGracefully()
        return Double(count / callers * callers) / seconds
    }

    private func one(_ id: String, on threads: NIOThreadPool) async throws {
        try await threads.runIfActive { [self] in
            let place = "\(folder)/\(id)"
            guard mkdir(place + ".new", 0o700) == 0 else { throw BenchError(.system, "mkdir \(place) failed") }
            for file in files { try write(file.content, to: "\(place).new/\(file.name)") }
            try sync(place + ".new")
            guard rename(place + ".new", place) == 0 else { throw BenchError(.system, "rename \(place) failed") }
            try sync(folder)
        }
        _ = try await client.query("INSERT INTO bench_floor (id, config) VALUES (\(id), \(files[0].content))")
    }

    private func write(_ text: String, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw BenchError(.system, "open \(path) failed") }
        defer { close(descriptor) }
        var text = text
        let written = text.withUTF8 { Foundation.write(descriptor, $0.baseAddress, $0.count) }
        guard written == text.utf8.count, fsync(descriptor) == 0 else {
            throw BenchError(.system, "writing \(path) failed")
        }
    }

    private func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw BenchError(.system, "open \(path) failed") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw BenchError(.system, "fsync \(path) failed") }
    }
}
