import Foundation
import Logging
import SlipwayServices
import Synchronization

/// Tells where the server listens, once it does so at every port: the server's own address in the first line.
final class ListeningReport: Sendable {
    /// Nil is the server itself.
    typealias Listener = DialectPort.Dialect?

    private let expected: [(listener: Listener, host: String)]
    private let scheme: String
    private let logger: Logger
    private let ports = Mutex<[Listener: Int]>([:])

    init(_ configuration: Configuration, logger: Logger) {
        self.logger = logger
        expected =
            [(nil, configuration.listen.host)]
            + configuration.dialectPorts.map { ($0.dialect, $0.listen.host) }
        scheme = configuration.tls == nil ? "http" : "https"
    }

    func listening(_ listener: Listener, port: Int) {
        if let listener {
            logger.info("Dialect listens", metadata: ["dialect": "\(listener.rawValue)", "port": "\(port)"])
        }
        let all = ports.withLock { ports in
            ports[listener] = port
            return ports.count == expected.count ? ports : nil
        }
        guard let all else { return }
        let lines = expected.map { entry in
            let who = entry.listener.map { "Slipway speaks \($0.rawValue) on" } ?? "Slipway listens on"
            let host = entry.host.contains(":") ? "[\(entry.host)]" : entry.host
            return "\(who) \(scheme)://\(host):\(all[entry.listener] ?? 0)\n"
        }
        FileHandle.standardOutput.write(Data(lines.joined().utf8))
    }
}
