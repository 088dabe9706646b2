import Foundation
import NIOPosix

/// A large extra file through `/new_task`, beside `cat > file` of the same bytes through a loopback socket.
struct UploadPart: BenchPart {
    func measure(_ bench: Bench) async throws -> [Figure] {
        let megabytes = bench.bound(1024, quick: 128)
        let sample = Sample(workplace: bench.workplace, experiment: "bench_upload")
        return try await ServerUnderTest.withQueue(bench, folder: "upload") { server in
            let folder = server.configuration.folder
            let threads = NIOThreadPool(numberOfThreads: 2)
            threads.start()
            do {
                let figures = try await Self.measure(server, sample, megabytes: megabytes, folder: folder, threads)
                try await threads.shutdownGracefully()
                return figures
            } catch {
                try? await threads.shutdownGracefully()
                throw error
            }
        }
    }

    private static func measure(
        _ server: ServerUnderTest, _ sample: Sample, megabytes: Int, folder: String, _ threads: NIOThreadPool
    ) async throws -> [Figure] {
        let file = folder + "/extra.bin"
        try await threads.runIfActive { try LargeFile.write(megabytes: megabytes, to: file) }
        let size = "\(Figure.whole(megabytes)) MiB, one connection"
        let plain = try await copy(file, to: folder + "/copy", isSynced: false, threads)
        let synced = try await copy(file, to: folder + "/copy", isSynced: true, threads)

        // A first task makes the server load what every task needs.
        try await server.ask(try sample.request("/new_task"))
        try server.resetPeakMemory()
        let before = try server.memory()
        let seconds = try await upload(file, to: server, sample, threads)
        let after = try server.memory()
        let rate = Double(megabytes) / seconds
        return [
            Figure("POST /new_task with an extra file", rate, "MiB/s", "\(size); stored, hashed, on disk"),
            Figure("floor: socket to file, no fsync", Double(megabytes) / plain, "MiB/s", "\(size); as cat > file"),
            Figure("floor: socket to file, fsync", Double(megabytes) / synced, "MiB/s", size),
            Figure(
                "growth of the server's peak memory", after.peak - before.peak, "MiB",
                "VmHWM \(Figure.short(before.peak)) before, \(Figure.short(after.peak)) after"),
        ]
    }

    /// - Returns: Seconds until the answer.
    private static func upload(
        _ file: String, to server: ServerUnderTest, _ sample: Sample, _ threads: NIOThreadPool
    ) async throws -> Double {
        let form = MultipartForm()
        let front = try sample.files().map { form.head(of: $0.name) + $0.content }.joined() + form.head(of: "extra.bin")
        let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int64 ?? 0
        let length = Int64(front.utf8.count) + size + Int64(form.end.utf8.count)
        let head = try sample.request("/new_task").head(token: server.token, length: length) + front
        let port = server.port
        return try await threads.runIfActive {
            let start = ContinuousClock.now
            let socket = try PlainSocket(connectingTo: port)
            try socket.send(Array(head.utf8))
            try socket.sendFile(file)
            try socket.send(Array(form.end.utf8))
            let answer = try socket.receive()
            guard answer.hasPrefix("HTTP/1.1 20") else {
                throw BenchError(.answer, "the upload was answered: \(answer.prefix(300))")
            }
            return (ContinuousClock.now - start) / .seconds(1)
        }
    }

    /// - Returns: Seconds until the receiver has written, and where asked synced, every byte.
    private static func copy(
        _ file: String, to copy: String, isSynced: Bool, _ threads: NIOThreadPool
    ) async throws -> Double {
        let listener = try PlainListener()
        async let received: Void = threads.runIfActive { try listener.writeOne(to: copy, isSynced: isSynced) }
        let seconds = try await threads.runIfActive {
            let start = ContinuousClock.now
            let socket = try PlainSocket(connectingTo: listener.port)
            try socket.sendFile(file)
            socket.finishSending()
            _ = try socket.receive()
            return (ContinuousClock.now - start) / .seconds(1)
        }
        try await received
        try FileManager.default.removeItem(atPath: copy)
        return seconds
    }
}
