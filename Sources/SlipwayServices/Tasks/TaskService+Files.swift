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
        guard let jobID = task.attempt?.jobID else { return nil }
        let path = configuration.folders.task(task.id).log(jobID: jobID)
        return try await BlockingIO.run { StoredFile.at(path) }
    }

    /// Regular files of the task's folder, at most 10,000, by path.
    package func files(_ id: String, as user: User) async throws -> [TaskFile] {
        let folder = configuration.folders.task(try await task(id, as: user).id).path
        return try await BlockingIO.run {
            let paths = FileManager.default.enumerator(atPath: folder)?.lazy.compactMap { $0 as? String }.prefix(10_000)
            return (paths.map { Array($0) } ?? []).sorted().compactMap { path in
                StoredFile.at("\(folder)/\(path)").map {
                    TaskFile(path: path, bytes: $0.bytes, modifiedAt: $0.modifiedAt)
                }
            }
        }
    }

    /// - Throws: `SlipwayError` of code `notFound` for what is not a regular file within the task's folder.
    package func file(_ id: String, path: String, as user: User) async throws -> StoredFile {
        let folder = configuration.folders.task(try await task(id, as: user).id).path
        let components = path.split(separator: "/", omittingEmptySubsequences: false)
        let isPlain = components.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." && !$0.utf8.contains(0) }
        let file = try await BlockingIO.run { () -> StoredFile? in
            guard isPlain, !components.isEmpty else { return nil }
            // A script may leave links in its folder: none is followed, in any component.
            var reached = folder
            for component in components.dropLast() {
                reached += "/\(component)"
                var status = stat()
                guard lstat(reached, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
            }
            return StoredFile.at("\(folder)/\(path)")
        }
        guard let file else {
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
                guard let file = StoredFile.at("\(place)/run_mlflow_config.txt"), file.bytes <= 65_536,
                    let data = FileManager.default.contents(atPath: file.path)
                else { continue }
                for line in String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline) {
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
