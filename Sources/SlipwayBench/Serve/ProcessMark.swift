import Foundation

/// A mark in the environment of a program, which all that it starts inherits: what it leaves behind can be found.
///
/// Neither parents nor process groups tell: some servers start their workers in sessions of their own, and leave them
/// when they end.
struct ProcessMark: Sendable {
    static let variable = "SLIPWAY_BENCH_MARK"
    let value = UUID().uuidString

    /// The living processes with the mark (proc(5), `/proc/PID/environ`; that of a zombie is empty).
    private var processes: [Int32] {
        let line = Data("\(Self.variable)=\(value)".utf8)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { Int32($0) }.filter { process in
            let environment = try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(process)/environ"))
            return environment?.range(of: line) != nil
        }
    }

    /// Kills what is left, and waits until it is gone.
    func endAll() async {
        for _ in 0..<100 {
            let left = processes
            if left.isEmpty { return }
            for process in left { kill(process, SIGKILL) }
            try? await Task.sleep(for: .milliseconds(50))
        }
    }
}
