import Foundation

/// A stand-in for sbatch that does not answer: tasks are accepted, and no job is made of them.
///
/// It reads from a named pipe that nobody writes to, which costs nothing while it lasts.
struct StalledSbatch: Sendable {
    /// To come first in the cluster's `PATH`.
    let folder: String
    private var pipe: String { folder + "/pipe" }

    init(in parent: String) throws {
        folder = parent + "/stalled"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        guard mkfifo(pipe, 0o600) == 0 else { throw BenchError(.system, "mkfifo \(pipe) failed") }
        let script = """
            #!/bin/sh
            read -r line <'\(pipe)'
            echo 'sbatch: error: Unable to contact slurm controller (connect failure)' >&2
            exit 1

            """
        try script.write(toFile: folder + "/sbatch", atomically: false, encoding: .utf8)
        chmod(folder + "/sbatch", 0o700)
    }

    /// Lets the one that waits end, and those after it fail at once: the server can stop in order.
    func release() {
        let descriptor = open(pipe, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
        unlink(pipe)
        if descriptor >= 0 { close(descriptor) }
    }
}
