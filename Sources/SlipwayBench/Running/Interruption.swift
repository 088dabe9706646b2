import UnixSignals

/// SIGINT and SIGTERM end a run in order: servers are stopped, jobs are cancelled, folders are removed.
enum Interruption {
    /// Runs `body`, which is cancelled by a signal and answers then with what it has.
    static func endsRun<Value: Sendable>(_ body: @escaping @Sendable () async -> Value) async -> Value? {
        await withTaskGroup(of: Value?.self) { group in
            group.addTask { await body() }
            group.addTask {
                for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) { break }
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            if let first { return first }
            return await group.next() ?? nil
        }
    }
}
