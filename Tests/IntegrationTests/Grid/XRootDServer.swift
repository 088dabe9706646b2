import Foundation

/// A real XRootD server of a test's own, on a free port; only processes of this machine reach it.
final class XRootDServer: Sendable {
    let folder: String
    /// Of the system's temporary folder: the server closes all folders above its own administration to others, where it
    /// may, and the tests' state is to stay open.
    private let administration: String
    let port: Int
    private let process: ServerProcess

    /// Who may read.
    enum Access: Sendable {
        case everybody
        /// Who has a certificate of an authority, or a proxy of one.
        case certificates(GridAuthority)
    }

    /// The name that the server's certificate holds.
    var address: String { "root://localhost:\(port)" }
    /// What it serves as `/store`.
    var store: String { folder + "/root/store" }
    var log: String { (try? String(contentsOfFile: folder + "/server.log", encoding: .utf8)) ?? "" }

    /// Runs a test with a server; no process and no folder of it is left.
    static func with(
        _ access: Access = .everybody, _ body: (XRootDServer) async throws -> Void
    ) async throws {
        let folder = try Self.folder("xrootd")
        try FileManager.default.createDirectory(atPath: folder + "/root/store", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let server = try await XRootDServer(folder: folder, access: access)
        do {
            try await body(server)
        } catch {
            print("The log of the XRootD server of a test that failed:\n\(server.log.suffix(4000))")
            try await server.end()
            throw error
        }
        try await server.end()
    }

    /// A new folder's path; by its name it is known as this program's, which may be killed and leave it.
    static func folder(_ kind: String) throws -> String {
        let owner = String(getpid(), radix: 36)
        return try TestEnvironment.current().serversFolder + "/\(owner)-\(kind)-\(UUID().uuidString.prefix(8))"
    }

    private init(folder: String, access: Access) async throws {
        self.folder = folder
        administration = "/tmp/slipway-\((folder as NSString).lastPathComponent)"
        let configuration = folder + "/xrootd.cfg"
        try Self.configuration(folder, administration, access).write(
            toFile: configuration, atomically: true, encoding: .utf8)
        let process = try ServerProcess(
            program: "/usr/bin/xrootd", arguments: ["-n", "test", "-c", configuration, "-s", folder + "/pid"],
            folder: folder)
        self.process = process
        do {
            port = try await Patience.value("the XRootD server's port", within: .seconds(30)) {
                guard process.waitForEnd(seconds: 0) == nil else { throw TestFailure("the XRootD server ended") }
                let log = (try? String(contentsOfFile: folder + "/server.log", encoding: .utf8)) ?? ""
                return log.firstMatch(of: /xrootd test@\S+:(\d+) initialization completed/).flatMap { Int($0.output.1) }
            }
        } catch {
            print((try? String(contentsOfFile: folder + "/server.log", encoding: .utf8)) ?? "")
            process.send(SIGKILL)
            _ = process.waitForEnd(seconds: 10)
            throw error
        }
    }

    private static func configuration(_ folder: String, _ administration: String, _ access: Access) -> String {
        var text = """
            all.adminpath \(administration)
            all.pidpath \(administration)
            all.export /store r/o
            oss.localroot \(folder)/root
            xrd.allow host localhost
            xrd.network nodnr
            xrd.port any

            """
        if case .certificates(let authority) = access {
            text += """
                xrootd.seclib libXrdSec.so
                sec.protocol gsi -certdir:\(authority.certificates) -cert:\(authority.path("host.pem")) \
                -key:\(authority.path("host.key")) -crl:0 -gmapopt:10 -gridmap:none

                """
        }
        return text
    }

    /// It stands still, and keeps its connections.
    func pause() { process.send(SIGSTOP) }

    /// It dies at once.
    func kill() async throws {
        process.send(SIGKILL)
        try await end()
    }

    private func end() async throws {
        try await Blocking.run { [process, administration] in
            process.send(SIGKILL)
            _ = process.waitForEnd(seconds: 10)
            try? FileManager.default.removeItem(atPath: administration)
        }
    }
}
