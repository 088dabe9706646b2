import Testing

@testable import Slurm

@Suite("Slurm commands")
struct SlurmCommandTests {
    @Test("sbatch gets the name as one argument, whatever is in it")
    func submit() {
        let command = SlurmCommand.submit(script: "/a/job.sbatch", workingDirectory: "/a b", jobName: "-x $(id) 'é' 🍷")
        #expect(
            command.arguments == [
                "--parsable", "--export=ALL", "--job-name=-x $(id) 'é' 🍷", "--chdir=/a b", "--", "/a/job.sbatch",
            ])
        #expect(command.executable == "sbatch")
    }

    @Test("squeue is asked for every state with unambiguous fields")
    func queue() {
        let command = SlurmCommand.queue(user: "slipway")
        #expect(
            command.arguments == [
                "--all", "--states=all", "--array", "--noheader", "--user=slipway",
                "--format=%i\u{1f}%T\u{1f}%a\u{1f}%P\u{1f}%r\u{1f}%V\u{1f}%S\u{1f}%e\u{1f}%N\u{1f}%l\u{1f}%Q\u{1f}%Z\u{1f}%j",
            ])
        #expect(command.environment == ["SLURM_TIME_FORMAT": "%s", "TZ": "UTC"])
    }

    @Test("sacct is asked for several jobs in one call")
    func accounting() {
        let command = SlurmCommand.accounting(jobs: [JobID(number: 3), JobID(number: 20, arrayTask: 1)])
        #expect(command.arguments.first == "--jobs=3,20_1")
        #expect(command.arguments.contains("--delimiter=\u{1f}"))
        #expect(!command.arguments.contains("--allocations"))
    }

    @Test(
        "sacct's start time is written in UTC",
        arguments: [
            (0, "1970-01-01T00:00:00"), (951_782_399, "2000-02-28T23:59:59"), (951_782_400, "2000-02-29T00:00:00"),
            (951_868_800, "2000-03-01T00:00:00"), (1_735_689_599, "2024-12-31T23:59:59"),
            (1_735_689_600, "2025-01-01T00:00:00"), (1_795_244_472, "2026-11-21T07:01:12"),
            (4_107_542_400, "2100-03-01T00:00:00"),
        ] as [(Int64, String)])
    func startTime(seconds: Int64, text: String) {
        let command = SlurmCommand.accounting(user: "slipway", since: seconds)
        #expect(command.arguments.prefix(2) == ["--user=slipway", "--starttime=\(text)"])
    }

    @Test("Jobs are cancelled in one call")
    func cancel() {
        #expect(
            SlurmCommand.cancel([JobID(number: 3), JobID(number: 4)]).arguments == ["--quiet", "--", "3", "4"])
    }
}
