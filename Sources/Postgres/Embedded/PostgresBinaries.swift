import FoundationEssentials
import Glibc

/// Where `postgres` and `initdb` are.
struct PostgresBinaries: Sendable {
    let folder: String

    var postgres: String { folder + "/postgres" }
    var initdb: String { folder + "/initdb" }

    private static let debianFolder = "/usr/lib/postgresql"

    /// Looks in `folder`, else in PATH, else in Debian's folders from the newest version on.
    ///
    /// A cluster can only be run by the major version that made it, so with `version` that one is taken.
    static func find(in folder: String?, forVersion version: String?) throws -> PostgresBinaries {
        let candidates = folder.map { [$0] } ?? searched(version: version)
        guard let found = candidates.first(where: isComplete) else {
            let wanted = version.map { " \($0)" } ?? ""
            let place = folder ?? "PATH or \(debianFolder)"
            throw PostgresError(
                .embedded,
                "no PostgreSQL\(wanted) server was found in \(place): install the package "
                    + "postgresql\(version.map { "-\($0)" } ?? ""), or name its folder")
        }
        return PostgresBinaries(folder: found)
    }

    private static func searched(version: String?) -> [String] {
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        let versions = ((try? FileManager.default.contentsOfDirectory(atPath: debianFolder)) ?? [])
            .compactMap { name in Int(name).map { (number: $0, name: name) } }
            .sorted { $0.number > $1.number }
            .map(\.name)
        if let version, versions.contains(version) { return ["\(debianFolder)/\(version)/bin"] }
        return path.split(separator: ":").map(String.init) + versions.map { "\(debianFolder)/\($0)/bin" }
    }

    private static func isComplete(_ folder: String) -> Bool {
        access(folder + "/postgres", X_OK) == 0 && access(folder + "/initdb", X_OK) == 0
    }
}
