import Foundation

extension ServerUnderTest {
    /// Peak and present resident memory in MiB (proc(5), `VmHWM` and `VmRSS`).
    func memory() throws -> (peak: Double, present: Double) {
        let text = try String(contentsOfFile: "/proc/\(processIdentifier)/status", encoding: .utf8)
        func mebibytes(_ name: String) -> Double {
            let line = text.split(separator: "\n").first { $0.hasPrefix(name + ":") }
            let kibibytes = line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Double($0) }
            return (kibibytes ?? 0) / 1024
        }
        return (mebibytes("VmHWM"), mebibytes("VmRSS"))
    }

    /// Sets the peak back to the present (proc(5), `clear_refs`).
    func resetPeakMemory() throws {
        try Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/\(processIdentifier)/clear_refs"))
    }
}
