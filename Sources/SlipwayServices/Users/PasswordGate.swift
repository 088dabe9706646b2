/// Lets a few expensive computations run at a time, on threads that may block; the others wait in line.
actor PasswordGate {
    private var free: Int
    private var line: [CheckedContinuation<Void, Never>] = []

    init(limit: Int) {
        free = limit
    }

    func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { line.append($0) }
        }
        defer { leave() }
        return try await BlockingIO.run(body)
    }

    private func leave() {
        if line.isEmpty {
            free += 1
        } else {
            line.removeFirst().resume()
        }
    }
}
