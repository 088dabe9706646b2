import Foundation
import Testing

@testable import Slurm

@Suite("The batch script")
struct BatchScriptTests {
    static let templatePath =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path + "/slurm/templates/job.sbatch"

    static func template() throws -> String { try String(contentsOfFile: templatePath, encoding: .utf8) }

    static func job(root: String = "/data/tasks/t1") -> BatchJob {
        BatchJob(
            name: "wine", partition: "cpu", taskID: "t1", attempt: 1, taskFolder: root,
            attemptFolder: root + "/attempts/1", filesFolder: root + "/files", entrypoint: "train.py",
            outputFolder: root + "/output", logPath: root + "/job_%j.txt", inputPath: "/data/datasets/wine.csv",
            imagePath: "/data/images/sklearn.sif", paramsPath: root + "/params.json")
    }

    static func fullJob(root: String = "/data/100% o'clock/t1") -> BatchJob {
        var job = job(root: root)
        job.partition = "gpu"
        job.account = "twinscie"
        job.attempt = 2
        job.timeLimitMinutes = 90
        job.memoryMegabytes = 4096
        job.cpus = 4
        job.gres = "gpu:1"
        job.nvidia = true
        job.exclusive = true
        job.excludedNodes = ["n[1-3]", "n7"]
        job.allowsRequeue = true
        job.signalSeconds = 120
        job.resumes = true
        job.earlierOutput = root + "/attempts/0/output"
        job.readOnlyBinds = ["/etc/grid-security", "/cvmfs/it's"]
        job.writableBinds = ["/data/uploads/a b/1/specs"]
        job.proxyScript = "/home/slipway/proxy.sh"
        job.environment = [("A", "1"), ("NASTY", "a,b \"c\" 'd' $(id) `id` \\ é 🍷")]
        job.payload = .mlflow(trackingURI: "http://server:5000/", experiment: "wine $(id)_t1")
        return job
    }

    @Test("A small job gives exactly these lines at the head")
    func goldenSmall() throws {
        try expectHead(
            Self.job(),
            #"""
            #!/bin/bash
            # One attempt of a Slipway task: takes the attempt, runs the image, packs the model, writes exit.json.
            # The job's name is not here: sbatch gets it as an argument, because it changes some words of these lines.
            #SBATCH --partition=cpu
            #SBATCH --nodes=1
            #SBATCH --ntasks=1
            #SBATCH --no-requeue
            #SBATCH --chdir=/data/tasks/t1/attempts/1
            #SBATCH --output=/data/tasks/t1/job_%j.txt
            #SBATCH --open-mode=append
            # The values below are data in single quotes, and traps call functions.
            # shellcheck disable=SC2016,SC2317

            set -u

            task_id='t1'
            attempt='1'
            attempt_folder='/data/tasks/t1/attempts/1'
            files_folder='/data/tasks/t1/files'
            entrypoint='train.py'
            output_folder='/data/tasks/t1/output'
            input='/data/datasets/wine.csv'
            image='/data/images/sklearn.sif'
            params='/data/tasks/t1/params.json'
            resumes=''
            earlier_output=''
            signal_seconds=''
            proxy_script=''
            payload='script'
            experiment=''
            tracking_uri=''
            environment=()
            read_only_binds=()
            writable_binds=()
            """#)
    }

    @Test("A job that asks for everything gives exactly these lines at the head")
    func goldenFull() throws {
        try expectHead(
            Self.fullJob(),
            #"""
            #!/bin/bash
            # One attempt of a Slipway task: takes the attempt, runs the image, packs the model, writes exit.json.
            # The job's name is not here: sbatch gets it as an argument, because it changes some words of these lines.
            #SBATCH --partition=gpu
            #SBATCH --account=twinscie
            #SBATCH --nodes=1
            #SBATCH --ntasks=1
            #SBATCH --cpus-per-task=4
            #SBATCH --mem=4096M
            #SBATCH --gres=gpu:1
            #SBATCH --time=90
            #SBATCH --exclusive
            #SBATCH --exclude="n[1-3],n7"
            #SBATCH --signal=B:USR1@120
            #SBATCH --requeue
            #SBATCH --chdir="/data/100% o'clock/t1/attempts/1"
            #SBATCH --output="/data/100%% o'clock/t1/job_%j.txt"
            #SBATCH --open-mode=append
            # The values below are data in single quotes, and traps call functions.
            # shellcheck disable=SC2016,SC2317

            set -u

            task_id='t1'
            attempt='2'
            attempt_folder='/data/100% o'\''clock/t1/attempts/1'
            files_folder='/data/100% o'\''clock/t1/files'
            entrypoint='train.py'
            output_folder='/data/100% o'\''clock/t1/output'
            input='/data/datasets/wine.csv'
            image='/data/images/sklearn.sif'
            params='/data/100% o'\''clock/t1/params.json'
            resumes='1'
            earlier_output='/data/100% o'\''clock/t1/attempts/0/output'
            signal_seconds='120'
            proxy_script='/home/slipway/proxy.sh'
            payload='mlflow'
            experiment='wine $(id)_t1'
            tracking_uri='http://server:5000/'
            environment=('A=1' 'NASTY=a,b "c" '\''d'\'' $(id) `id` \ é 🍷')
            read_only_binds=('/etc/grid-security' '/cvmfs/it'\''s')
            writable_binds=('/data/uploads/a b/1/specs')
            """#)
    }

    /// Compares the filled head line by line; what follows must be the template's own text.
    private func expectHead(_ job: BatchJob, _ golden: String) throws {
        let script = try BatchScript(template: Self.template()).render(job)
        let lines = script.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let expected = golden.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let difference = lines.prefix(expected.count).difference(from: expected)
        let text = difference.map { change in
            switch change {
            case .insert(let offset, let line, _): "+\(offset + 1): \(line)"
            case .remove(let offset, let line, _): "-\(offset + 1): \(line)"
            }
        }
        #expect(difference.isEmpty, "\(text.joined(separator: "\n"))")
        var rest = try Self.template().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let head = try #require(rest.firstIndex { $0.hasPrefix("writable_binds=") })
        rest.removeFirst(head + 1)
        let nvidia = try #require(rest.firstIndex { $0.hasPrefix("{{?nvidia}}") })
        if job.nvidia { rest[nvidia].removeFirst("{{?nvidia}}".count) } else { rest.remove(at: nvidia) }
        #expect(Array(lines.dropFirst(expected.count)) == rest)
    }

    @Test("The script is valid bash, and shellcheck finds nothing", arguments: [false, true])
    func checked(full: Bool) throws {
        let script = try BatchScript(template: Self.template()).render(full ? Self.fullJob() : Self.job())
        let folder = try TemporaryFolder()
        let file = folder.path("job.sbatch")
        try script.write(toFile: file, atomically: true, encoding: .utf8)
        let syntax = try Bash.run("/bin/bash", ["-n", file])
        #expect(syntax.status == 0 && syntax.output.isEmpty, "\(syntax.output)")
        if let shellcheck = Bash.find("shellcheck") {
            let result = try Bash.run(shellcheck, [file])
            #expect(result.status == 0, "\(result.output)")
        }
    }

    @Test(
        "A template that is wrong is refused, naming what is wrong",
        arguments: [
            ("echo", "#!"), ("#!/bin/sh\n{{nmae}}", "{{nmae}}"), ("#!/bin/sh\n\necho {{name", "line 3"),
            ("#!/bin/sh\necho {{?account}}x", "{{?account}}"), ("#!/bin/sh\r\n", "carriage returns"),
            ("#!/bin/sh\n{{?nothing}}x", "{{?nothing}}"), ("#!/bin/sh\n{{}}", "{{}}"),
        ])
    func templates(text: String, words: String) {
        let error = #expect(throws: SlurmError.self) { try BatchScript(template: text) }
        #expect(error?.code == .malformedTemplate)
        #expect(error?.context.contains(words) == true, "\(error?.context ?? "")")
    }

    @Test("A site's own template gets the same values")
    func ownTemplate() throws {
        let script = try BatchScript(
            template: "#!/bin/sh\n{{?gres}}{{?nvidia}}#SBATCH --gres={{gres}}\n{{?account}}echo {{account}} {{ x\n}}\n"
                .replacingOccurrences(of: "{{ x\n}}", with: "{{name}}"))
        #expect(try script.render(Self.job()) == "#!/bin/sh\n")
        #expect(
            try script.render(Self.fullJob()) == "#!/bin/sh\n#SBATCH --gres=gpu:1\necho 'twinscie' 'wine'\n")
    }

    @Test("A directive without a value, with a list, or with a word that sbatch removes is an error")
    func directives() throws {
        var job = Self.job()
        let unguarded = try BatchScript(template: "#!/bin/sh\n#SBATCH -A {{account}}")
        #expect(throws: SlurmError.self) { try unguarded.render(job) }
        let list = try BatchScript(template: "#!/bin/sh\n#SBATCH -x {{environment}}")
        #expect(throws: SlurmError.self) { try list.render(job) }
        job.partition = "HetJobs"
        #expect(throws: SlurmError.self) { try BatchScript(template: Self.template()).render(job) }
    }

    @Test(
        "Values that could not reach the job are refused",
        arguments: [
            { $0.partition = "cpu\n#SBATCH --uid=0" }, { $0.account = "a\0" }, { $0.taskID = "t\u{7f}" },
            { $0.name = "a\nb" }, { $0.inputPath = "/data/a:b.csv" }, { $0.imagePath = "/data/a,b.sif" },
            { $0.imagePath = "images/x.sif" }, { $0.inputPath = "/data/../etc/shadow" },
            { $0.attemptFolder = "/elsewhere/1" }, { $0.outputFolder = "/data/tasks/t10" },
            { $0.entrypoint = "../x.py" }, { $0.entrypoint = "" }, { $0.entrypoint = "-c" },
            { $0.environment = [("A B", "x")] }, { $0.environment = [("1A", "x")] },
            { $0.environment = [("A", "x\n")] },
            { $0.earlierOutput = "/data/tasks/t10/output" }, { $0.earlierOutput = "/data/tasks/t1/../t2" },
            { $0.signalSeconds = 0 }, { $0.signalSeconds = 65_536 },
            { $0.excludedNodes = ["n1", ""] }, { $0.excludedNodes = ["n 1"] }, { $0.excludedNodes = ["-x"] },
            { $0.timeLimitMinutes = 0 }, { $0.memoryMegabytes = -1 }, { $0.readOnlyBinds = ["/a:/b"] },
            { $0.writableBinds = ["/a/../b"] },
            { $0.logPath = "/data/tasks/t1/\\x_%j.txt" }, { $0.payload = .mlflow(trackingURI: "a\r", experiment: "x") },
        ] as [@Sendable (inout BatchJob) -> Void])
    func refused(change: @Sendable (inout BatchJob) -> Void) throws {
        var job = Self.job()
        change(&job)
        let script = try BatchScript(template: Self.template())
        let error = #expect(throws: SlurmError.self) { try script.render(job) }
        #expect(error?.code == .unsafeValue)
    }
}
