import Testing

@testable import Slurm

/// Output of sinfo 22.05.8, its U+001F written as `¦`, with lines of larger clusters.
@Suite("sinfo's output")
struct NodeParserTests {
    @Test("Partitions are read; several kinds of nodes are added up")
    func partitions() throws {
        let partitions = try SlurmOutput.partitions(
            """
            cpu*¦up¦0/8/0/8¦0/1/0/1¦32768¦gpu:2¦1-00:00:00
            gpu¦up¦4/4/0/8¦1/0/0/1¦64000+¦gpu:2¦infinite
            gpu¦up¦1K/0/24/1048¦2/0/1/3¦128000¦gpu:a100:8¦infinite
            debug¦down¦0/0/4/4¦0/0/1/1¦1¦(null)¦30:00

            """.replacing("¦", with: "\u{1f}"))
        #expect(partitions.map(\.name) == ["cpu", "gpu", "debug"])
        #expect(
            partitions[0]
                == PartitionStatus(
                    name: "cpu", isDefault: true, availability: "up",
                    cpus: CPUCounts(allocated: 0, idle: 8, other: 0, total: 8),
                    nodes: .init(allocated: 0, idle: 1, other: 0, total: 1), memoryMegabytes: 32768, gres: "gpu:2",
                    timeLimitSeconds: 86400))
        #expect(partitions[1].cpus == CPUCounts(allocated: 1028, idle: 4, other: 24, total: 1056))
        #expect(partitions[1].nodes.total == 4 && partitions[1].timeLimitSeconds == nil)
        #expect(partitions[1].gres == "gpu:2,gpu:a100:8" && partitions[1].memoryMegabytes == 64000)
        #expect(partitions[2].gres == nil && partitions[2].availability == "down" && !partitions[2].isDefault)
    }

    @Test("A node in several partitions is one node")
    func nodes() throws {
        let nodes = try SlurmOutput.nodes(
            """
            vm¦cpu*¦idle¦0/8/0/8¦32768¦21182¦gpu:2¦none
            vm¦gpu¦idle¦0/8/0/8¦32768¦21182¦gpu:2¦none
            n2¦gpu¦down*¦0/0/8/8¦64000¦N/A¦(null)¦Not responding

            """.replacing("¦", with: "\u{1f}"))
        #expect(nodes.map(\.name) == ["vm", "n2"])
        #expect(nodes[0].partitions == ["cpu", "gpu"] && nodes[0].state == "idle" && nodes[0].reason == nil)
        #expect(nodes[0].memoryMegabytes == 32768 && nodes[0].freeMemoryMegabytes == 21182)
        #expect(nodes[1].state == "down" && nodes[1].rawState == "down*" && nodes[1].reason == "Not responding")
        #expect(nodes[1].freeMemoryMegabytes == nil && nodes[1].gres == nil && nodes[1].cpus.other == 8)
    }

    @Test("Counts that are none are refused", arguments: ["1/2/3", "1/2/3/x", "", "a/b/c/d"])
    func refused(counts: String) {
        #expect(throws: SlurmError.self) {
            try SlurmOutput.partitions("cpu¦up¦\(counts)¦0/1/0/1¦1¦¦1:00\n".replacing("¦", with: "\u{1f}"))
        }
    }
}
