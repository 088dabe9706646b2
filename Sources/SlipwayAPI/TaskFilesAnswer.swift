package import Foundation

/// The files in a task's folder.
package struct TaskFilesAnswer: Codable, Sendable {
    package var files: [File]

    package struct File: Codable, Sendable {
        /// Path within the task's folder.
        package var path: String
        package var bytes: Int64
        package var modifiedAt: Date

        enum CodingKeys: String, CodingKey {
            case path, bytes
            case modifiedAt = "modified_at"
        }

        package init(path: String, bytes: Int64, modifiedAt: Date) {
            self.path = path
            self.bytes = bytes
            self.modifiedAt = modifiedAt
        }
    }

    package init(files: [File]) {
        self.files = files
    }
}

/// What `dry_run` answers: the exact batch script and what was checked; nothing was stored.
package struct TaskPreviewAnswer: Codable, Sendable {
    package var script: String
    package var checks: [String]

    package init(script: String, checks: [String]) {
        self.script = script
        self.checks = checks
    }
}
