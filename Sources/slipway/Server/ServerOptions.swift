import ArgumentParser
import Foundation
import Logging
import SlipwayCore
import SlipwayServices

/// What the commands that work on the server's own machine share.
struct ServerOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: "The configuration file.", completion: .file(extensions: ["yml", "yaml"]))
    var config = ProcessInfo.processInfo.environment["SLIPWAY_CONFIG"] ?? "slipway.yml"

    /// - Throws: `ExitCode` 64, after the faults were told.
    func configuration() throws -> Configuration {
        do {
            return try Configuration.read(file: config, environment: ProcessInfo.processInfo.environment)
        } catch {
            FileHandle.standardError.write(Data("slipway: \(error)\n".utf8))
            throw ExitCode(EX_USAGE)
        }
    }

    /// Logs to standard error, from the level of SLIPWAY_LOG on.
    func logger(_ standard: Logger.Level) -> Logger {
        let level = ProcessInfo.processInfo.environment["SLIPWAY_LOG"].flatMap { Logger.Level(rawValue: $0) }
        var logger = Logger(label: "slipway") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = level ?? standard
        return logger
    }
}

extension ParsableCommand {
    /// Runs a server-side command; what it throws is one sentence for the operator, and exit code 3 where the request
    /// is at fault, 4 where the server's side is.
    func explaining<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as ExitCode {
            throw error
        } catch {
            FileHandle.standardError.write(Data("slipway: \(error)\n".utf8))
            let isRefusal: Bool =
                switch (error as? SlipwayError)?.code {
                case .invalid, .forbidden, .notFound, .gone, .conflict, .unauthenticated, .tooLarge, .unsupported: true
                case .unavailable, .internal, nil: false
                }
            throw ExitCode(isRefusal ? 3 : 4)
        }
    }
}
