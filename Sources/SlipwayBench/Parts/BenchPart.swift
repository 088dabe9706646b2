/// Something that is measured in one go, beside its floor.
protocol BenchPart: Sendable {
    func measure(_ bench: Bench) async throws -> [Figure]
}
