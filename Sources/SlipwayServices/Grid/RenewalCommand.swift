import Foundation
import Subprocess
import SystemPackage

/// Runs the operator's command that makes the proxy anew: an argument array without a shell, a time limit, and none of
/// the server's own environment, where secrets may be.
struct RenewalCommand: Sendable {
    private let renewal: GridConfiguration.Renewal
    private let environment: [String: String]
    private let clock: any Clock<Duration>

    /// Programs find the user's own certificate below his home.
    private static let inherited = ["HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ"]

    /// - Parameter path: `PATH` of the command.
    init(
        _ renewal: GridConfiguration.Renewal, grid: GridConfiguration, path: String,
        environment: [String: String] = ProcessInfo.processInfo.environment,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.renewal = renewal
        var own = environment.filter { Self.inherited.contains($0.key) }
        own["PATH"] = path
        own["X509_USER_PROXY"] = grid.proxy
        own["X509_CERT_DIR"] = grid.certificates
        self.environment = own
        self.clock = clock
    }

    /// Runs it to its end, or to the end of its time; what it has started goes with it.
    ///
    /// - Returns: The outcome, and the last lines that were printed.
    /// - Throws: `CancellationError`; the command is ended then.
    func run() async throws -> (outcome: RenewalOutcome, lines: [String]) {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(1))
        ]
        let configuration = Subprocess.Configuration(
            executable: .path(FilePath(renewal.command[0])), arguments: Arguments(Array(renewal.command.dropFirst())),
            environment: .custom(
                Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) })
            ), platformOptions: options)
        let (clock, timeout) = (clock, renewal.timeout)
        do {
            return try await withThrowingTaskGroup(of: (RenewalOutcome, [String])?.self) { group in
                group.addTask {
                    let result = try await Subprocess.run(
                        configuration, input: .none, output: .sequence, error: .combinedWithOutput
                    ) { execution in
                        var tail = CommandTail()
                        for try await buffer in execution.standardOutput {
                            buffer.withUnsafeBytes { tail.append($0) }
                        }
                        return tail.finish()
                    }
                    let end: RenewalOutcome.End =
                        switch result.terminationStatus {
                        case .exited(let code): .exited(code: Int(code))
                        case .signaled(let signal): .signaled(Int(signal))
                        }
                    let lines = result.closureResult
                    return (RenewalOutcome(end: end, lastLine: lines.last), lines)
                }
                group.addTask {
                    try await clock.sleep(for: .seconds(timeout))
                    return nil
                }
                defer { group.cancelAll() }
                let first = try await group.next() ?? nil
                // A command that the cancellation has ended may be here before the clock is.
                try Task.checkCancellation()
                return first ?? (RenewalOutcome(end: .timedOut(seconds: timeout)), [])
            }
        } catch {
            if Task.isCancelled { throw CancellationError() }
            return (RenewalOutcome(end: .unstartable("\(error)")), [])
        }
    }
}
