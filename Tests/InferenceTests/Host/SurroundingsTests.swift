import Foundation
import Testing

@testable import Inference

@Suite("What the host knows of its machine")
struct SurroundingsTests {
    @Test("the memory of proc_meminfo(5), in bytes")
    func meminfo() {
        #expect(
            MemoryBudget.total(meminfo: "MemTotal:       24689728 kB\nMemFree:        1 kB\n") == 24_689_728 << 10)
        #expect(MemoryBudget.total(meminfo: "") == nil)
    }

    @Test(
        "the files with limits of its control groups, from the innermost outwards",
        arguments: [
            (
                "0::/system.slice/slurm/job_7\n",
                [
                    "/sys/fs/cgroup/system.slice/slurm/job_7/memory.max",
                    "/sys/fs/cgroup/system.slice/slurm/memory.max",
                    "/sys/fs/cgroup/system.slice/memory.max", "/sys/fs/cgroup/memory.max",
                ]
            ),
            (
                "5:cpu,memory:/a\n3:cpuset:/b\n1:name=systemd:/\n",
                ["/sys/fs/cgroup/memory/a/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.limit_in_bytes"]
            ), ("", []),
        ])
    func controlGroups(text: String, files: [String]) {
        #expect(MemoryBudget.limitFiles(cgroup: text) == files)
    }

    @Test("half of the machine is more than nothing, and less than all of it")
    func half() throws {
        let text = try String(contentsOfFile: "/proc/meminfo", encoding: .utf8)
        let total = try #require(MemoryBudget.total(meminfo: text))
        let half = MemoryBudget.halfOfMachine().bytes
        #expect(half > 64 << 20 && half <= total / 2)
    }

    @Test("what no file backs of its own memory grows when memory is taken, and shrinks when it is given back")
    func anonymousMemory() {
        #expect(HostSurroundings.anonymous(smapsRollup: "Rss: 1 kB\nAnonymous:           144 kB\n") == 144 << 10)
        #expect(HostSurroundings.machine.anonymousBytes() > 1 << 20)
        let size = 512 << 20
        // Other tests take and give back memory of the same process meanwhile: one of several rounds shows it.
        let isShown = (0..<8).contains { _ in
            let (grown, shrunk) = takenAndGivenBack(size)
            return grown > Int64(size) * 3 / 4 && shrunk > Int64(size) / 2
        }
        #expect(isShown)
    }

    /// What the host sees its process grow and shrink by when so many bytes are taken and given back.
    private func takenAndGivenBack(_ size: Int) -> (grown: Int64, shrunk: Int64) {
        let surroundings = HostSurroundings.machine
        let before = surroundings.anonymousBytes()
        let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 4096)
        memset(memory, size)
        let full = surroundings.anonymousBytes()
        memory.deallocate()
        surroundings.trim()
        return (full - before, full - surroundings.anonymousBytes())
    }

    /// Touches every page.
    private func memset(_ memory: UnsafeMutableRawPointer, _ size: Int) {
        for offset in stride(from: 0, to: size, by: 4096) {
            memory.storeBytes(of: UInt8(truncatingIfNeeded: offset >> 12 | 1), toByteOffset: offset, as: UInt8.self)
        }
    }
}
