import Foundation
import SlipwayAPI

extension TestServer {
    /// What the server holds of tasks: for comparing before and after a request.
    struct Stored: Equatable, CustomStringConvertible {
        /// As the list of an administrator shows them.
        var listed: Set<String>
        /// Folders under `tasks/`.
        var folders: Set<String>
        /// Uploads that are under way, or were left lying.
        var incoming: Set<String>

        var description: String {
            "listed \(listed.sorted()), folders \(folders.sorted()), incoming \(incoming.sorted())"
        }
    }

    func stored() async throws -> Stored {
        let list: TaskListAnswer = try await get("/api/v1/tasks?limit=500", as: .admin).decoded()
        func names(_ path: String) -> Set<String> {
            Set((try? FileManager.default.contentsOfDirectory(atPath: folder + path)) ?? [])
        }
        // Each server has a folder of its own among them.
        let incoming = names("/tasks/.incoming").flatMap { server in
            names("/tasks/.incoming/\(server)").map { "\(server)/\($0)" }
        }
        return Stored(listed: Set(list.tasks.map(\.id)), folders: names("/tasks"), incoming: Set(incoming))
    }
}
