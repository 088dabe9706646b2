import Glibc

/// The layout of a private server's folder.
struct EmbeddedFolder: Sendable {
    let path: String
    /// Where the Unix socket is: in the folder, or in a short folder elsewhere where its path would be too long.
    let socketFolder: String

    static let user = "slipway"
    static let database = "slipway"
    /// sun_path holds 108 bytes with its NUL (unix(7)).
    private static let socketPathLimit = 107

    init(path: String) {
        self.path = Self.absolute(path)
        let own = self.path + "/socket"
        if "\(own)/.s.PGSQL.5432".utf8.count <= Self.socketPathLimit {
            socketFolder = own
        } else {
            socketFolder = Self.shortSocketFolder(for: self.path)
        }
    }

    var clusterFolder: String { path + "/cluster" }
    var logFolder: String { path + "/log" }
    var lockFile: String { path + "/lock" }
    /// What the server says before its own log is open.
    var startFile: String { path + "/log/start.log" }

    var url: String { "postgresql://\(Self.user)@/\(Self.database)?host=\(Self.percentEncoded(socketFolder))" }
    var maintenanceURL: String { "postgresql://\(Self.user)@/postgres?host=\(Self.percentEncoded(socketFolder))" }

    /// The last lines that the server wrote at its start.
    var startMessages: String {
        FileText.read(startFile).map { String($0.suffix(1000)).trimmedAtEnd } ?? "it wrote nothing to \(startFile)"
    }

    /// The major version that made the cluster, or nil before the first start.
    var version: String? {
        FileText.read(clusterFolder + "/PG_VERSION")?.trimmedAtEnd
    }

    private static func absolute(_ path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        guard !path.hasPrefix("/"), let folder = getcwd(nil, 0) else { return path }
        defer { free(folder) }
        return String(cString: folder) + "/" + path
    }

    /// The same short folder for the same path: under the user's runtime folder, or under /tmp.
    private static func shortSocketFolder(for path: String) -> String {
        // FNV-1a, 64 bits: a hash that stays the same from process to process.
        let hash = path.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let name = "slipway-\(geteuid())-\(String(hash, radix: 36))"
        if let runtime = getenv("XDG_RUNTIME_DIR").map({ String(cString: $0) }), runtime.hasPrefix("/"),
            "\(runtime)/\(name)/.s.PGSQL.5432".utf8.count <= socketPathLimit, access(runtime, W_OK) == 0
        {
            return "\(runtime)/\(name)"
        }
        return "/tmp/\(name)"
    }

    private static func percentEncoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return text.utf8.reduce(into: "") { encoded, byte in
            let scalar = Unicode.Scalar(byte)
            if scalar.isASCII,
                scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "-._~".unicodeScalars.contains(scalar)
            {
                encoded.unicodeScalars.append(scalar)
            } else {
                encoded += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
    }
}
