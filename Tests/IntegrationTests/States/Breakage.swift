/// Takes parts of the development cluster away, with the scripts that set it up.
struct Breakage: Sendable {
    let environment: TestEnvironment

    /// Ends a node from one moment to the next, with all that runs on it.
    func kill(node: String) async throws {
        try await script("slurmd", "kill", node)
    }

    func restart(node: String) async throws {
        try await script("slurmd", "start", node)
    }

    /// Stops the daemon of the accounting for as long as `body` takes.
    func withoutAccounting(_ body: () async throws -> Void) async throws {
        try await script("slurmdbd", "stop")
        try await restoring({ try await script("slurmdbd", "start") }, after: body)
    }

    /// Lets a node die for as long as `body` takes.
    func without(node: String, _ body: () async throws -> Void) async throws {
        try await kill(node: node)
        try await restoring({ try await restart(node: node) }, after: body)
    }

    private func restoring(
        _ restore: () async throws -> Void, after body: () async throws -> Void
    ) async throws {
        do {
            try await body()
        } catch {
            try await restore()
            throw error
        }
        try await restore()
    }

    private func script(_ name: String, _ arguments: String...) async throws {
        _ = try await Command(program: "\(environment.repository)/slurm/dev/\(name).sh", arguments: arguments)
            .succeed(within: .seconds(90))
    }
}
