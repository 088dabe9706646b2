import Foundation
import Slurm

/// A task's folders and a rendered batch script that is run without Slurm and without a container: a stand-in for
/// `singularity` runs the command on the spot, for faults that a real one does not show on demand.
final class JobRun {
    let folder: TemporaryFolder
    var job: BatchJob
    /// What the stand-in does with the command in `"$@"`.
    var container = #"exec "$@""#
    var environment: [String: String] = [:]

    init(script: String) throws {
        folder = try TemporaryFolder()
        let root = folder.path("t1")
        for name in ["t1/attempts/1", "t1/files", "bin", "tmp"] {
            try FileManager.default.createDirectory(atPath: folder.path(name), withIntermediateDirectories: true)
        }
        job = BatchScriptTests.job(root: root)
        job.inputPath = folder.path("wine.csv")
        job.imagePath = folder.path("image.sif")
        for path in [job.inputPath, job.imagePath, job.paramsPath] {
            try "x".write(toFile: path, atomically: true, encoding: .utf8)
        }
        try script.write(toFile: root + "/files/train.py", atomically: true, encoding: .utf8)
        try executable("python3", "#!/bin/bash\nexec /bin/bash \"$@\"\n")
    }

    func executable(_ name: String, _ text: String) throws {
        // cp writes the program: a child that another test starts would inherit a file that is being written here, and
        // nothing that somebody has open for writing can be run. A job that runs already may look for it at any moment.
        let path = folder.path(name + ".text")
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        let copied = try Bash.run(
            "cp '\(path)' '\(path).new' && chmod 755 '\(path).new' && mv -T '\(path).new' '\(folder.path("bin/" + name))'"
        )
        guard copied.status == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    /// Starts the script as the job of this id.
    func start(jobID: Int = 12) throws -> (Process, TemporaryFolder) {
        let script = try BatchScript(template: BatchScriptTests.template()).render(job)
        try script.write(toFile: attempt("job.sbatch"), atomically: true, encoding: .utf8)
        if !container.isEmpty {
            try executable(
                "singularity",
                """
                #!/bin/bash
                printf '%s\\n' "$@" >'\(folder.path("arguments"))'
                while [ "${1%.sif}" = "$1" ]; do [ "$1" != --pwd ] || cd "$2"; shift; done
                shift
                \(container)

                """)
        }
        return try Bash.start(
            "/bin/bash", [attempt("job.sbatch")],
            environment: [
                "PATH": folder.path("bin") + ":/usr/bin:/bin", "SLURM_JOB_ID": "\(jobID)", "SLURMD_NODENAME": "n1",
                "TMPDIR": folder.path("tmp"),
            ].merging(environment) { $1 })
    }

    /// Runs the script to its end.
    func run(jobID: Int = 12) throws -> Bash.Result {
        let (process, output) = try start(jobID: jobID)
        process.waitUntilExit()
        return Bash.Result(
            status: process.terminationStatus, output: try String(contentsOfFile: output.path("out"), encoding: .utf8))
    }

    /// Returns when a file has something in it.
    func wait(for path: String, holding word: String = "") throws {
        // inotifywait is not everywhere, so bash looks.
        let result = try Bash.run(
            "for ((i = 0; i < 3000; i++)); do [ -s '\(path)' ] && grep -q '\(word)' '\(path)' && exit; read -r -t 0.02 <> <(:); done; exit 1"
        )
        guard result.status == 0 else { throw CocoaError(.fileReadNoSuchFile) }
    }

    func write(_ text: String, to path: String) throws {
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    func attempt(_ name: String) -> String { job.attemptFolder + "/" + name }

    func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// The names in the attempt's folder, sorted.
    func attemptFiles() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: job.attemptFolder).sorted()
    }

    func exitFile() throws -> ExitFile {
        try JSONDecoder().decode(ExitFile.self, from: Data(contentsOf: URL(fileURLWithPath: attempt(ExitFile.name))))
    }

    /// Names and contents of the packed files, as tar lists and prints them.
    func packed() throws -> String {
        let archive = attempt("model.tar.gz")
        return try Bash.run("/usr/bin/tar", ["--list", "-zf", archive]).output
            + Bash.run("/usr/bin/tar", ["--extract", "--to-stdout", "-zf", archive]).output
    }
}
