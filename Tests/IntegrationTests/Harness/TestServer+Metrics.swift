extension TestServer {
    /// A figure of `/metrics` with the labels that it is printed with; 0 where it is not there.
    func metric(_ name: String) async throws -> Double {
        let lines = try await get("/metrics").text.split(separator: "\n")
        let line = lines.first { $0.hasPrefix(name + " ") }
        return line.flatMap { Double($0.dropFirst(name.count + 1)) } ?? 0
    }

    /// Whether this server, of several, follows the cluster's jobs.
    func isFollowing() async throws -> Bool {
        try await metric("slipway_monitor_follows{cluster=\"\(environment.cluster)\"}") == 1
    }

    /// How often it has called a command of Slurm.
    func calls(of command: String) async throws -> Int {
        Int(try await metric("slipway_slurm_calls_total{cluster=\"\(environment.cluster)\",command=\"\(command)\"}"))
    }
}
