import Slurm
import Testing

@Suite("sbatch's answers")
struct SubmitReplyTests {
    @Test(
        "A job id on the last line is a job, whatever stands before it",
        arguments: [
            ("12\n", JobID(number: 12), nil), ("12;atena02\n", JobID(number: 12), "atena02"),
            ("lua: account defaulted\n\n12\n", JobID(number: 12), nil), ("7", JobID(number: 7), nil),
        ] as [(String, JobID, String?)])
    func submitted(output: String, job: JobID, cluster: String?) {
        #expect(
            SubmitReply(exitCode: 0, standardOutput: output, standardError: "sbatch: warning: x")
                == .submitted(job, cluster: cluster))
    }

    @Test(
        "What sbatch or a wrapper of it prints is a job where it names one",
        arguments: [
            (0, "12\n", "", JobID(number: 12), nil),
            (0, "12;atena02\n", "", JobID(number: 12), "atena02"),
            (0, "12\n", "sbatch: error: lua: the account has little left", JobID(number: 12), nil),
            (1, "12\n", "slurm wrapper: no quota file", JobID(number: 12), nil),
            (255, "12;c\n", "sbatch: error: Invalid account", JobID(number: 12), "c"),
            (nil, "12\n", "", JobID(number: 12), nil),
            (0, "Submitted batch job 12\n", "", JobID(number: 12), nil),
            (0, "Submitted batch job 12 on cluster atena02\n", "", JobID(number: 12), "atena02"),
            (0, "Balance: 500\nSubmitted batch job 12\nHave a nice day\n", "", JobID(number: 12), nil),
            (0, "sbatch: warning: x\n\n 12 h left\n12\n\n", "", JobID(number: 12), nil),
        ] as [(Int?, String, String, JobID, String?)])
    func named(exitCode: Int?, output: String, error: String, job: JobID, cluster: String?) {
        #expect(
            SubmitReply(exitCode: exitCode, standardOutput: output, standardError: error)
                == .submitted(job, cluster: cluster))
    }

    @Test(
        "A limit that passes as other jobs end is told from one that stays",
        arguments: [
            "sbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)",
            "sbatch: error: AssocMaxSubmitJobLimit\nsbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)",
            "sbatch: error: QOSMaxSubmitJobPerUserLimit\nsbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)",
            "sbatch: error: AssocGrpSubmitJobsLimit\nsbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)",
            "sbatch: error: MaxSubmitJobsPerAccount\nsbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)",
            "sbatch: error: Slurm temporarily unable to accept job, sleeping and retrying\nsbatch: error: Batch job submission failed: Unable to create job record, try again",
            "sbatch: error: Batch job submission failed: Requested account has breached requested QOS usage threshold",
            "sbatch: error: Batch job submission failed: Required partition not available (inactive or drain)",
        ])
    func limited(words: String) {
        let reply = SubmitReply(exitCode: 1, standardOutput: "", standardError: words + "\n")
        // Words that name no limit may mean the job's own size.
        #expect(
            reply
                == .limited(
                    words.split(separator: "\n").joined(separator: "; "),
                    mayBeLasting: words.contains("policy") && !words.contains("Submit")))
    }

    @Test("An id that was printed counts, even when sbatch was ended before it exited")
    func late() {
        #expect(
            SubmitReply(exitCode: nil, standardOutput: "12\n", standardError: "")
                == .submitted(JobID(number: 12), cluster: nil))
    }

    @Test(
        "What Slurm says that it will never take is rejected",
        arguments: [
            "sbatch: error: Batch job submission failed: Invalid account or account/partition combination specified",
            "sbatch: error: invalid partition specified: nosuch\nsbatch: error: Batch job submission failed: Invalid partition name specified",
            "sbatch: error: Memory specification can not be satisfied\nsbatch: error: Batch job submission failed: Requested node configuration is not available",
            "sbatch: error: Batch job submission failed: Requested node configuration is not available",
            "sbatch: error: Invalid generic resource (gres) specification",
            "sbatch: error: Batch job submission failed: Invalid node name specified",
            "sbatch: error: Invalid --time specification",
            "sbatch: unrecognized option '--foo'\nTry \"sbatch --help\" for more information",
            "sbatch: error: Batch job submission failed: Invalid feature specification",
            "sbatch: error: Batch job submission failed: Requested reservation is invalid",
            "sbatch: error: Batch job submission failed: Invalid license specification",
            "sbatch: error: Batch script contains DOS line breaks (\\r\\n)",
            "sbatch: error: Unable to open file /tmp/nonexist.sh",
            "sbatch: error: Batch job submission failed: Pathname of a file, directory or other parameter too long",
            "sbatch: error: Batch job submission failed: Invalid qos specification",
            "sbatch: error: Batch job submission failed: Requested time limit is invalid (missing or exceeds some limit)",
            "sbatch: error: Batch job submission failed: Access/permission denied",
            "sbatch: error: QOSMaxWallDurationPerJobLimit\nsbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)",
            "sbatch: error: AssocMaxCpuPerJobLimit\nsbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)",
        ])
    func rejected(words: String) {
        let reply = SubmitReply(exitCode: 1, standardOutput: "", standardError: words + "\n")
        #expect(reply == .rejected(words.split(separator: "\n").joined(separator: "; ")))
    }

    @Test(
        "What may pass, or leaves open whether there is a job, is uncertain",
        arguments: [
            "sbatch: error: Batch job submission failed: Unable to contact slurm controller (connect failure)",
            "sbatch: error: Batch job submission failed: Socket timed out on send/recv operation",
            "sbatch: error: Batch job submission failed: Resource temporarily unavailable",
            "sbatch: error: Slurm temporarily unable to accept job, sleeping and retrying",
            "sbatch: error: Batch job submission failed: Zero Bytes were transmitted or received",
            "sbatch: error: Batch job submission failed: I/O error writing script/environment to file",
            "sbatch: error: Batch job submission failed: Unspecified error",
            "sbatch: error: AssocMaxSubmitJobLimit\nsbatch: error: Batch job submission failed: Socket timed out on send/recv operation",
            "sbatch: error: Invalid account\nsbatch: error: Batch job submission failed: Socket timed out on send/recv operation",
            "",
        ])
    func uncertain(words: String) {
        for exitCode in [1, 255, nil] {
            guard case .uncertain = SubmitReply(exitCode: exitCode, standardOutput: "", standardError: words) else {
                Issue.record("not uncertain with exit code \(String(describing: exitCode)): \(words)")
                return
            }
        }
    }

    @Test("An exit code of 0 without a job id, and an end by time, are uncertain whatever the words")
    func silent() {
        let words = "sbatch: error: Invalid partition name specified"
        for (code, output) in [
            (0, ""), (0, "done\n"), (0, "12_1\n"), (0, "500 h left\n"), (0, "Submitted batch job\n"),
            (0, "Submitted batch job 12_1\n"), (0, "0\n"), (0, "١٢\n"), (nil, ""),
        ] as [(Int?, String)] {
            guard case .uncertain = SubmitReply(exitCode: code, standardOutput: output, standardError: words) else {
                Issue.record("not uncertain: \(output)")
                return
            }
        }
    }
}
