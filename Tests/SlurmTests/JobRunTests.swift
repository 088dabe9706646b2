import Foundation
import Slurm
import Testing

@Suite("The batch script on a node")
struct JobRunTests {
    @Test("A script that leaves a model ends with an exit file, an archive and its checksum")
    func success() throws {
        let run = try JobRun(
            script:
                #"cd "$SLIPWAY_OUTPUT"; mkdir sub; printf M >model.onnx; printf S >"sub/it's 1"; ln -s /etc/passwd link"#
        )
        let result = try run.run()
        #expect(result.status == 0, "\(result.output)")
        let exit = try run.exitFile()
        #expect(exit.jobID == 12 && exit.attempt == 1 && exit.exitCode == 0 && exit.node == "n1")
        #expect(
            exit.signal == nil && exit.reason == nil && exit.startedAt <= exit.finishedAt
                && exit.startedAt > 1_700_000_000)
        #expect(try run.packed() == "./model.onnx\n./sub/\n./sub/it's 1\nMS")
        let model = try #require(exit.model)
        #expect(model.file == "model.tar.gz")
        #expect(try Data(contentsOf: URL(fileURLWithPath: run.attempt(model.file))).count == model.bytes)
        let check = try Bash.run(
            "cd '\(run.job.attemptFolder)' && sha256sum -c model.tar.gz.sha256 && cat model.tar.gz.sha256")
        #expect(check.status == 0 && check.output.contains(model.sha256))
        #expect(
            try run.attemptFiles() == [
                "claim", "exit.json", "job.sbatch", "model.tar.gz", "model.tar.gz.sha256",
            ])
        #expect(try FileManager.default.contentsOfDirectory(atPath: run.folder.path("tmp")).isEmpty)
        #expect(result.output.contains("1 entries"))
    }

    @Test("A script that leaves nothing ends well, without a model")
    func nothing() throws {
        let run = try JobRun(script: "exit 0")
        #expect(try run.run().status == 0)
        #expect(try run.exitFile().model == nil)
    }

    @Test("The script's exit code is the job's", arguments: [1, 3, 75, 127])
    func failure(code: Int) throws {
        let run = try JobRun(script: "touch \"$SLIPWAY_OUTPUT/x\"; exit \(code)")
        #expect(try run.run().status == Int32(code))
        let exit = try run.exitFile()
        #expect(exit.exitCode == code && exit.signal == nil && exit.reason == nil && exit.model == nil)
    }

    @Test("A script that a signal ended says which")
    func signal() throws {
        let run = try JobRun(script: "kill -KILL $$")
        #expect(try run.run().status == 137)
        #expect(try run.exitFile().signal == 9)
    }

    @Test("A second job of the same attempt does no work and leaves the first one's exit file")
    func guarded() throws {
        let run = try JobRun(script: "echo worked")
        #expect(try run.run(jobID: 12).output.contains("worked"))
        let second = try run.run(jobID: 13)
        #expect(second.status == 75)
        #expect(!second.output.contains("worked") && second.output.contains("belongs to job 12; job 13 does nothing"))
        #expect(try run.exitFile().jobID == 12)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: run.attempt("claim")) == "12")
    }

    @Test("Of many jobs that start at once, one works")
    func race() throws {
        let run = try JobRun(script: "echo worked; sleep 0.2")
        let jobs = try (1...12).map { try run.start(jobID: $0) }
        for (process, _) in jobs { process.waitUntilExit() }
        #expect(jobs.count { $0.0.terminationStatus == 0 } == 1)
        #expect(jobs.count { $0.0.terminationStatus == 75 } == 11)
    }

    @Test("SIGTERM reaches the script, which may still save its work")
    func terminated() throws {
        let run = try JobRun(
            script: #"""
                trap 'printf saved >"$SLIPWAY_OUTPUT/x"; exit 0' TERM
                mkfifo "$SLIPWAY_OUTPUT/../fifo" 2>/dev/null
                printf ready >"$SLIPWAY_OUTPUT/../ready"
                while :; do read -r -t 1 <>"$SLIPWAY_OUTPUT/../fifo"; done
                """#)
        let (process, output) = try run.start()
        try run.wait(for: run.job.taskFolder + "/ready")
        kill(process.processIdentifier, SIGTERM)
        process.waitUntilExit()
        let text = try String(contentsOfFile: output.path("out"), encoding: .utf8)
        #expect(process.terminationStatus == 0, "\(text)")
        let exit = try run.exitFile()
        #expect(exit.signal == 15 && exit.exitCode == 0 && exit.model != nil)
    }

    @Test("An image that does not start is told from a script that fails")
    func image() throws {
        let run = try JobRun(script: "exit 255")
        #expect(try run.run().status == 255)
        #expect(try run.exitFile().reason == nil)

        let broken = try JobRun(script: "")
        broken.container = "echo FATAL: image format not recognized >&2; exit 255"
        #expect(try broken.run().status == 255)
        let file = try broken.exitFile()
        #expect(file.reason == "image", "\(file)")

        let deaf = try JobRun(script: "")
        deaf.container = "exit 0"
        #expect(try deaf.run().status == 126)
        let other = try deaf.exitFile()
        #expect(other.reason == "image", "\(other)")
    }

    @Test("A missing image, runtime or dataset is said in words")
    func missing() throws {
        let image = try JobRun(script: "")
        try FileManager.default.removeItem(atPath: image.job.imagePath)
        let result = try image.run()
        #expect(result.status == 127 && result.output.contains("image.sif cannot be read"))
        #expect(try image.exitFile().reason == "image")

        let dataset = try JobRun(script: "")
        try FileManager.default.removeItem(atPath: dataset.job.inputPath)
        #expect(try dataset.run().status == 66)
        #expect(try dataset.exitFile().reason == "node")
    }

    @Test(
        "A node without a container runtime says so",
        .enabled(if: Bash.find("singularity") == nil && Bash.find("apptainer") == nil))
    func runtime() throws {
        let run = try JobRun(script: "")
        run.container = ""
        #expect(try run.run().status == 127)
        #expect(try run.exitFile().reason == "image")
    }

    @Test("Variables and arguments reach the script unchanged, whatever is in them")
    func nasty() throws {
        let run = try JobRun(script: #"for ((i = 0; i < COUNT; i++)); do name=N$i; printf '<%s>\n' "${!name}"; done"#)
        let values = ShellQuotingTests.nasty
        run.job.environment = [("COUNT", "\(values.count)")] + values.enumerated().map { ("N\($0)", $1) }
        let result = try run.run()
        #expect(result.output.contains(values.map { "<\($0)>\n" }.joined()), "\(result.output)")
    }

    @Test("A job whose folder to write to is missing says so and runs nothing")
    func missingFolder() throws {
        let run = try JobRun(script: "echo ran")
        run.job.writableBinds = [run.folder.path("specs")]
        let result = try run.run()
        #expect(result.output.contains("the folder \(run.folder.path("specs")) cannot be written to"))
        #expect(!result.output.contains("ran\n"))
        #expect(result.status == 66)
    }

    @Test("The container sees of the task's folder its files, its output and its parameters, and no home")
    func containment() throws {
        let run = try JobRun(script: "")
        run.job.readOnlyBinds = ["/usr", "/nonexistent/place"]
        run.job.writableBinds = [run.folder.path("tmp")]
        run.job.nvidia = true
        let result = try run.run()
        let arguments = try String(contentsOfFile: run.folder.path("arguments"), encoding: .utf8).split(separator: "\n")
        for option in [
            "--containall", "--no-home", "--nv", "\(run.job.inputPath):\(run.job.inputPath):ro", "/usr:/usr:ro",
            "\(run.folder.path("tmp")):\(run.folder.path("tmp"))", "\(run.job.filesFolder):\(run.job.filesFolder)",
            "\(run.job.outputFolder):\(run.job.outputFolder)",
            "\(run.attempt("run")):\(run.attempt("run"))", "\(run.job.paramsPath):\(run.job.paramsPath):ro",
        ] {
            #expect(arguments.contains(Substring(option)), "\(option) is not in \(arguments)")
        }
        for folder in [run.job.taskFolder, run.job.attemptFolder] {
            #expect(!arguments.contains { $0.hasPrefix(folder + ":") }, "\(folder) is bound")
        }
        #expect(result.output.contains("/nonexistent/place does not exist"))
        let command = arguments.drop { $0 != "python3" }
        #expect(
            Array(command) == [
                "python3", "train.py", "--input_path=\(run.job.inputPath)", "--output_path=\(run.job.outputFolder)",
            ])
    }

    @Test("An MLflow project runs through mlflow, with its tracking server and experiment")
    func mlflow() throws {
        let run = try JobRun(script: "")
        try run.executable("mlflow", "#!/bin/bash\nprintf '[%s]' \"$@\" \"$MLFLOW_TRACKING_URI\"\n")
        run.job.payload = .mlflow(trackingURI: "http://h:5000/?a='b'", experiment: "wine $(id) 'x'_t1")
        let result = try run.run()
        let expected = [
            "run", run.job.filesFolder, "--env-manager", "local", "--experiment-name", "wine $(id) 'x'_t1", "-P",
            "input_path=\(run.job.inputPath)", "-P", "output_path=\(run.job.outputFolder)", "-e", "train.py",
            "http://h:5000/?a='b'",
        ]
        #expect(result.output.contains(expected.map { "[\($0)]" }.joined()), "\(result.output)")
    }

    @Test("A proxy script is sourced where it exists, and cannot end the job in silence")
    func proxy() throws {
        let run = try JobRun(script: "echo worked")
        run.job.proxyScript = run.folder.path("proxy.sh")
        #expect(try run.run().status == 0)
        try "set -e; echo in proxy $undefined; false || :".write(
            toFile: run.folder.path("proxy.sh"), atomically: true, encoding: .utf8)
        #expect(try run.run().output.contains("in proxy"))
        try "exit 0".write(toFile: run.folder.path("proxy.sh"), atomically: true, encoding: .utf8)
        let result = try run.run()
        #expect(result.status == 78 && !result.output.contains("worked"))
        #expect(try run.exitFile().exitCode == 78)
    }

    @Test("What the script forbids, links and names like options change nothing of the packing")
    func hostile() throws {
        let run = try JobRun(
            script: #"""
                cd "$SLIPWAY_OUTPUT/.."; d=attempts/1/run; ln -sf ../exit.json $d/started; mkdir $d/x; chmod 0 $d/x
                cd "$SLIPWAY_OUTPUT"; printf M >m; printf C >./--checkpoint-action=exec=false
                mkdir s; ln -s "$SECRET" s/link; mkfifo pipe; chmod 0 s m .
                """#)
        run.job.environment = [("SECRET", run.folder.root)]
        let result = try run.run()
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.contains("2 entries"))
        #expect(try run.packed() == "./--checkpoint-action=exec=false\n./m\n./s/\nCM")
        #expect(!run.exists(run.attempt("run")))
    }

    @Test("Links that the script leaves behind are not followed")
    func links() throws {
        let run = try JobRun(
            script: #"""
                rm -rf "$SLIPWAY_OUTPUT"; ln -s "$SECRET" "$SLIPWAY_OUTPUT"
                cd "$SLIPWAY_OUTPUT/../attempts/1"; ln -s "$VICTIM" exit.json; ln -s "$VICTIM" model.tar.gz
                """#)
        let secret = run.folder.path("secret")
        try FileManager.default.createDirectory(atPath: secret, withIntermediateDirectories: true)
        for path in [secret + "/key", run.folder.path("victim")] {
            try "kept".write(toFile: path, atomically: true, encoding: .utf8)
        }
        run.job.environment = [("SECRET", secret), ("VICTIM", run.folder.path("victim"))]
        _ = try run.run()
        #expect(try run.exitFile().reason == "output")
        #expect(try String(contentsOfFile: run.folder.path("victim"), encoding: .utf8) == "kept")
        #expect(
            try FileManager.default.attributesOfItem(atPath: run.attempt("exit.json"))[.type] as? FileAttributeType
                == .typeRegular)
    }

    @Test("What a killed job left on the node is removed by the next one, what a living one uses is not")
    func scratch() throws {
        let run = try JobRun(script: "")
        let dead = run.folder.path("tmp/slipway-job-7.dead")
        let alive = run.folder.path("tmp/slipway-job-8.alive")
        for path in [dead, alive] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            try "".write(toFile: path + "/lock", atomically: true, encoding: .utf8)
        }
        let lock = open(alive + "/lock", O_RDONLY | O_CLOEXEC)
        defer { close(lock) }
        #expect(flock(lock, LOCK_EX) == 0)
        #expect(try run.run().status == 0)
        #expect(!run.exists(dead) && run.exists(alive))
    }
}
