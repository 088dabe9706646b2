package import Foundation
package import SlipwayCore

/// One file of a task's folder.
package struct TaskFile: Sendable {
    /// Path within the task's folder.
    package var path: String
    package var bytes: Int64
    package var modifiedAt: Date
}

extension TaskService {
    /// What the job of the present attempt printed; nil where there is nothing yet.
    package func log(_ id: String, as user: User) async throws -> StoredFile? {
        let task = try await task(id, as: user)
        try Self.refuseWithoutLog(task)
        guard let jobID = task.attempt?.jobID else { return nil }
        let folder = configuration.folders.task(task.id)
        let path = folder.log(jobID: jobID)
        return try await BlockingIO.run { StoredFile.at(path, within: folder.path) }
    }

    /// Regular files of the task's folder, at most 10,000, by path.
    package func files(_ id: String, as user: User) async throws -> [TaskFile] {
        let task = try await task(id, as: user)
        try Self.refuseWithoutFiles(task)
        let folder = configuration.folders.task(task.id).path
        return try await BlockingIO.run {
            guard let files = OpenFolder(folder)?.files(limit: 10_000) else { return [] }
            return files.sorted { $0.path < $1.path }
        }
    }

    /// - Throws: `SlipwayError` of code `notFound` for what is not a regular file within the task's folder.
    package func file(_ id: String, path: String, as user: User) async throws -> StoredFile {
        let task = try await task(id, as: user)
        let folder = configuration.folders.task(task.id).path
        // A script may leave links in its folder: none is followed, in any component.
        guard let file = try await BlockingIO.run({ StoredFile.at("\(folder)/\(path)", within: folder) }) else {
            // Logs may be kept longer than what lay beside them: what is still there was answered.
            try Self.refuseWithoutFiles(task)
            if TaskFolder.part(of: Array(path.utf8), isFolder: false) == .log { try Self.refuseWithoutLog(task) }
            throw SlipwayError(.notFound, "Task \(id) has no file “\(path.prefix(200))”.")
        }
        return file
    }

    /// The MLflow run that the script noted in `run_mlflow_config.txt` as `run_id: …`.
    package func mlflowRunID(_ task: MLTask) async throws -> String? {
        let folder = configuration.folders.task(task.id)
        let places = [folder.files, folder.path] + (task.attempt.map { [folder.attempt($0.id.number).output] } ?? [])
        return try await BlockingIO.run {
            for place in places {
                guard let file = StoredFile.at("\(place)/run_mlflow_config.txt", within: folder.path) else { continue }
                let text = String(decoding: file.content.contents(limit: 65_536), as: UTF8.self)
                for line in text.split(whereSeparator: \.isNewline) {
                    let words = line.split(separator: ":", maxSplits: 1)
                    guard words.count == 2, words[0].allSatisfy({ $0.isLetter || "_\"'{ ".contains($0) }),
                        words[0].contains("run_id")
                    else { continue }
                    return words[1].trimmingCharacters(in: CharacterSet(charactersIn: " \t\r\"',}"))
                }
            }
            return nil
        }
    }
}
