package import SlipwayCore

/// Where things lie under the data root.
package struct DataFolders: Sendable {
    package let root: String

    package var datasets: String { root + "/datasets" }
    package var images: String { root + "/images" }
    package var tasks: String { root + "/tasks" }
    package var models: String { root + "/models" }
    package var postgres: String { root + "/postgres" }
    /// The key that signs webhooks, unless the configuration names another file.
    package var webhookKey: String { root + "/webhook.key" }
    /// Uploads on their way; on the file system of `tasks`, so that a rename makes one a task.
    package var incoming: String { tasks + "/.incoming" }
    /// Uploads that one server receives.
    func incoming(of server: ServerID) -> String { "\(incoming)/\(server)" }
    /// Folders of tasks that the database does not know.
    package var orphans: String { tasks + "/.orphans" }
    /// Which model each user's requests mean when they name none.
    var defaultModels: String { root + "/default_models" }
    /// Versions on their way; on the file system of `models`.
    package var staging: String { models + "/.staging" }

    /// Versions that one server puts together.
    func staging(of server: ServerID) -> String { "\(staging)/\(server)" }

    /// Folders that users train from.
    package var uploads: String { root + "/uploads" }
    /// Versions of folders on their way; on the file system of `uploads`.
    package var uploadStaging: String { uploads + "/.staging" }

    /// Versions of folders that one server puts together.
    func uploadStaging(of server: ServerID) -> String { "\(uploadStaging)/\(server)" }

    package func upload(_ version: FolderVersion) -> UploadFolder {
        UploadFolder(path: "\(uploads)/\(version.folder)/\(version.version)")
    }

    package func task(_ id: TaskID) -> TaskFolder { TaskFolder(path: "\(tasks)/\(id)") }

    package func version(_ version: Int, of name: String) -> VersionFolder {
        VersionFolder(path: "\(models)/\(name)/\(version)")
    }
}

/// What a task's folder holds.
package struct TaskFolder: Sendable {
    package let path: String

    /// The config as it was uploaded.
    package var config: String { path + "/config.json" }
    /// The entrypoint and what came with it.
    package var files: String { path + "/files" }
    /// The job's output, with Slurm's own pattern for the job id.
    package var logPattern: String { path + "/job_%j.txt" }
    package func log(jobID: Int64) -> String { "\(path)/job_\(jobID).txt" }
    package func attempt(_ number: Int) -> AttemptFolder { AttemptFolder(path: "\(path)/attempts/\(number)") }
}

/// What an attempt's folder holds; its path is the job's working directory and names the attempt to Slurm.
package struct AttemptFolder: Sendable {
    package let path: String

    package var script: String { path + "/job.sbatch" }
    /// `model_params` for the script.
    package var parameters: String { path + "/params.json" }
    /// `--output_path`.
    package var output: String { path + "/output" }
    /// A link to the id of the job that took the attempt.
    package var claim: String { path + "/claim" }
    package var exitFile: String { path + "/exit.json" }
    package var archive: String { path + "/model.tar.gz" }
}

/// What a published version's folder holds.
package struct VersionFolder: Sendable {
    package let path: String

    package var archive: String { path + "/model.tar.gz" }
    /// The archive's members.
    package var files: String { path + "/files" }
}

/// What the folder of one upload holds.
package struct UploadFolder: Sendable {
    package let path: String

    /// What was uploaded; never changed.
    package var files: String { path + "/files" }
    /// What jobs found out about the files, for later jobs. They may write here.
    package var specs: String { path + "/specs" }
}
