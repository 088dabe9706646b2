import Foundation
import Slurm
import Testing

@Suite("Going on from earlier output")
struct JobRunResumeTests {
    /// Says what it finds and leaves something, links and forbidden folders included.
    static let script = #"""
        cd "$SLIPWAY_OUTPUT"; echo "resume <${SLIPWAY_RESUME-unset}> found <$(echo *)>"
        touch left; mkdir -p forbidden; ln -sfn "${SECRET:-/}" link; chmod 0 forbidden; exit 4
        """#

    @Test("A requeued job begins again with an empty output folder, whatever was in it")
    func emptied() throws {
        let run = try JobRun(script: Self.script)
        let secret = run.folder.path("secret/key")
        try run.write("kept", to: secret)
        run.job.environment = [("SECRET", run.folder.path("secret"))]
        #expect(try run.run().output.contains("resume <unset> found <*>"))
        try run.write("", to: run.attempt(".model.half"))
        run.environment = ["SLURM_RESTART_COUNT": "1"]
        let second = try run.run()
        #expect(second.output.contains("requeued (restart 1)"))
        #expect(second.output.contains("resume <unset> found <*>"), "\(second.output)")
        #expect(try run.exitFile().exitCode == 4)
        #expect(run.exists(secret) && !run.exists(run.attempt(".model.half")))
    }

    @Test("A requeued job that can resume goes on from what it left")
    func kept() throws {
        let run = try JobRun(script: Self.script)
        run.job.resumes = true
        #expect(try run.run().output.contains("resume <unset> found <*>"))
        let second = try run.run().output
        #expect(second.contains("goes on from what this job left"))
        #expect(second.contains("resume <1> found <forbidden left link>"), "\(second)")
    }

    @Test("A further attempt goes on from a copy of the earlier one's output; links are copied as links")
    func copied() throws {
        let run = try Self.resuming()
        let earlier = try #require(run.job.earlierOutput)
        try run.write("secret", to: run.folder.path("secret/key"))
        let prepared = try Bash.run(
            "cd '\(earlier)' && ln -s '\(run.folder.path("secret"))' link && ln -s /etc/passwd sub/passwd && mkfifo pipe && chmod 0 sub m"
        )
        #expect(prepared.status == 0)
        run.job.environment = [("SECRET", run.folder.path("secret"))]
        let result = try run.run()
        #expect(result.output.contains("goes on from a copy"), "\(result.output)")
        #expect(result.output.contains("resume <1> found <link m pipe sub>"), "\(result.output)")
        let links = try Bash.run(
            "cd '\(run.job.outputFolder)' && readlink link sub/passwd && cat m sub/x && ls '\(earlier)'")
        #expect(links.output == "\(run.folder.path("secret"))\n/etc/passwd\nMXlink\nm\npipe\nsub\n")
        #expect(!(try Self.leftovers(run)))
    }

    @Test("Where the earlier output is missing, empty or a link elsewhere, the job begins afresh and says so")
    func afresh() throws {
        for change in ["rm -rf \"$1\"", "rm -rf \"$1\"/*", "rm -rf \"$1\"; ln -s / \"$1\""] {
            let run = try Self.resuming()
            let earlier = try #require(run.job.earlierOutput)
            #expect(try Bash.run("/bin/bash", ["-c", change, "x", earlier]).status == 0)
            let result = try run.run()
            #expect(result.output.contains("begins afresh"), "\(result.output)")
            #expect(result.output.contains("resume <unset> found <*>"), "\(result.output)")
        }
    }

    @Test("A copy that was interrupted is not taken for whole: the requeued job copies again")
    func interrupted() throws {
        let run = try Self.resuming()
        // The first run is killed in the middle of copying, as a node is that loses its power.
        try run.executable("cp", "#!/bin/bash\nprintf half >\"${!#}/half\"; kill -KILL $PPID\n")
        #expect(try run.run().status == 9)
        #expect(try Self.leftovers(run))
        try FileManager.default.removeItem(atPath: run.folder.path("bin/cp"))
        let result = try run.run()
        #expect(result.output.contains("resume <1> found <m sub>"), "\(result.output)")
        #expect(!(try Self.leftovers(run)))
    }

    @Test("A copy that fails ends the job before the script; it is the node's fault")
    func failed() throws {
        let run = try Self.resuming()
        try run.executable("cp", "#!/bin/bash\nprintf half >\"${!#}/half\"; echo no space left; exit 1\n")
        let result = try run.run()
        #expect(result.status == 73 && !result.output.contains("found <"), "\(result.output)")
        #expect(try run.exitFile().reason == "node")
        #expect(!(try Self.leftovers(run)) && !run.exists(run.job.outputFolder + "/half"))
    }

    @Test("SIGTERM ends a job that copies")
    func terminated() throws {
        let run = try Self.resuming()
        let ready = run.folder.path("ready")
        try run.executable("cp", "#!/bin/bash\nprintf ready >'\(ready)'; exec sleep 600\n")
        let (process, _) = try run.start()
        try run.wait(for: ready)
        kill(process.processIdentifier, SIGTERM)
        process.waitUntilExit()
        #expect(process.terminationStatus == 143)
        #expect(try run.exitFile().signal == 15)
        #expect(!(try Self.leftovers(run)))
    }

    /// The second attempt of a task whose first one left `m` and `sub/x`.
    private static func resuming() throws -> JobRun {
        let run = try JobRun(script: script)
        run.job.resumes = true
        run.job.attempt = 2
        let earlier = run.job.taskFolder + "/attempts/0/output"
        run.job.earlierOutput = earlier
        try run.write("M", to: earlier + "/m")
        try run.write("X", to: earlier + "/sub/x")
        return run
    }

    private static func leftovers(_ run: JobRun) throws -> Bool {
        try FileManager.default.contentsOfDirectory(atPath: run.job.taskFolder).contains { $0.hasPrefix(".resume.") }
    }
}
