import Foundation
import Subprocess
import SystemPackage

/// A program that runs to its end.
struct Command: Sendable {
    struct Output: Sendable {
        /// Negative: the signal that ended it.
        var code: Int
        var text: String
        var errors: String
    }

    var program: String
    var arguments: [String]
    /// Added to the environment of the tests.
    var environment: [String: String] = [:]
    var folder: String?
    /// A file that is its standard input; nil gives it none.
    var inputFile: String?

    /// Throws `TestFailure` when it does not end in time.
    func run(within limit: Duration = .seconds(60)) async throws -> Output {
        let limit = limit * Patience.factor
        var variables = ProcessInfo.processInfo.environment
        variables.merge(environment) { _, new in new }
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(1))]
        let configuration = Subprocess.Configuration(
            executable: program.contains("/") ? .path(FilePath(program)) : .name(program),
            arguments: Arguments(arguments),
            environment: .custom(
                Dictionary(uniqueKeysWithValues: variables.map { (Environment.Key(stringLiteral: $0.key), $0.value) })),
            workingDirectory: folder.map { FilePath($0) },
            platformOptions: options)
        let inputFile = inputFile
        return try await withThrowingTaskGroup(of: Output?.self) { group in
            group.addTask {
                let input = try SystemPackage.FileDescriptor.open(FilePath(inputFile ?? "/dev/null"), .readOnly)
                let result = try await Subprocess.run(
                    configuration, input: .fileDescriptor(input, closeAfterSpawningProcess: true),
                    output: .string(limit: 64 << 20), error: .string(limit: 8 << 20))
                let code =
                    switch result.terminationStatus {
                    case .exited(let code): Int(code)
                    case .signaled(let signal): -Int(signal)
                    }
                return Output(
                    code: code, text: result.standardOutput, errors: result.standardError)
            }
            group.addTask {
                // Second by second: one in which all threads of this program are busy with other tests, and so cannot
                // learn of an end, counts once, however long it lasts.
                for _ in 0..<limit.components.seconds { try await Task.sleep(for: .seconds(1)) }
                return nil
            }
            defer { group.cancelAll() }
            guard let output = try await group.next() ?? nil else {
                throw TestFailure("\(program) \(arguments.joined(separator: " ")) did not end within \(limit)")
            }
            return output
        }
    }

    /// Runs a program that has to succeed, and returns what it printed.
    func succeed(within limit: Duration = .seconds(60)) async throws -> String {
        let output = try await run(within: limit)
        guard output.code == 0 else {
            throw TestFailure(
                "\(program) \(arguments.joined(separator: " ")) ended with \(output.code): \(output.errors)")
        }
        return output.text
    }
}
