import Testing

@testable import Slurm

/// Output of `scontrol show job` 22.05.8 with SLURM_TIME_FORMAT=%s.
@Suite("scontrol's jobs")
struct ControllerParserTests {
    static func record(
        _ head: String, _ state: String, exit: String = "0:0", times: String, restarts: Int = 0, folder: String
    ) -> String {
        """
        \(head)
           UserId=slipway(1001) GroupId=slipway(1001) MCS_label=N/A
           Priority=4294901684 Nice=0 Account=twinscie QOS=normal
           \(state)
           Requeue=1 Restarts=\(restarts) BatchFlag=1 Reboot=0 ExitCode=\(exit)
           RunTime=00:00:00 TimeLimit=1-00:00:00 TimeMin=N/A
           \(times)
           SuspendTime=None SecsPreSuspend=0 LastSchedEval=1795265318 Scheduler=Backfill
           Partition=cpu AllocNode:Sid=localhost:8101
           ReqNodeList=(null) ExcNodeList=(null)
           NodeList=\(state.contains("PENDING") ? "" : "vm")
           BatchHost=vm
           NumNodes=1 NumCPUs=1 NumTasks=1 CPUs/Task=1 ReqB:S:C:T=0:0:*:*
           TRES=cpu=1,mem=100M,node=1,billing=1
           Socks/Node=* NtasksPerN:B:S:C=0:0:*:* CoreSpec=*
           MinCPUsNode=1 MinMemoryNode=100M MinTmpDiskNode=0
           Features=(null) DelayBoot=00:00:00
           OverSubscribe=OK Contiguous=0 Licenses=(null) Network=(null)
           Command=/var/tmp/h3/a.sh
           WorkDir=\(folder)
           StdErr=/var/tmp/h3/o.log
           StdIn=/dev/null
           StdOut=/var/tmp/h3/o.log
           Power=
           


        """
    }

    static let ended = record(
        "JobId=78 JobName=n JobState=X  = y", "JobState=FAILED Reason=NonZeroExitCode Dependency=(null)", exit: "3:0",
        times: """
            SubmitTime=1795265318 EligibleTime=1795265318
               AccrueTime=1795265318
               StartTime=1795265319 EndTime=1795265320 Deadline=N/A
            """, folder: "/var/tmp/h3/w JobState=FAILED d")
    static let held = record(
        "JobId=81 ArrayJobId=81 ArrayTaskId=1-2 JobName=wrap",
        "JobState=PENDING Reason=JobHeldUser Dependency=(null)",
        times: """
            SubmitTime=1795265318 EligibleTime=Unknown
               AccrueTime=Unknown
               StartTime=Unknown EndTime=Unknown Deadline=N/A
            """, restarts: 2, folder: "/var/tmp/h3")

    @Test("A name and a folder that look like other fields change none of them")
    func job() throws {
        let entry = ControllerEntry(
            jobID: JobID(number: 78), name: "n JobState=X  = y", partition: "cpu", state: .failed, rawState: "FAILED",
            reason: "NonZeroExitCode", exitCode: 3, exitSignal: 0, submitTime: 1_795_265_318,
            startTime: 1_795_265_319, endTime: 1_795_265_320, priority: 4_294_901_684, restarts: 0,
            isRequeueable: true, nodes: "vm", workingDirectory: "/var/tmp/h3/w JobState=FAILED d")
        #expect(try SlurmOutput.controller(Self.ended) == [entry])
    }

    @Test("Each of several records is read; what Slurm does not know is nil")
    func jobs() throws {
        let entries = try SlurmOutput.controller(Self.held + Self.ended)
        #expect(entries.map(\.jobID.number) == [81, 78])
        #expect(entries[0].startTime == nil && entries[0].endTime == nil && entries[0].nodes.isEmpty)
        #expect(entries[0].state == .pending && entries[0].reason == "JobHeldUser" && entries[0].restarts == 2)
        #expect(try SlurmOutput.controller("").isEmpty)
    }

    @Test("A record that is cut off before its last field that we read, or has one twice, is refused")
    func refused() throws {
        let cut = try #require(Self.ended.firstRange(of: "   WorkDir="))
        let forged = Self.ended.replacing("   WorkDir=", with: "   WorkDir=/elsewhere\n   WorkDir=")
        for text in [String(Self.ended[..<cut.lowerBound]), forged, "slurm_load_jobs error: x\n", "JobId=x JobName=\n"]
        {
            let error = #expect(throws: SlurmError.self) { try SlurmOutput.controller(text) }
            #expect(error?.code == .malformedOutput)
        }
    }

    @Test("scontrol and sacct say what they do not have in their own words")
    func words() {
        #expect(SlurmCommand.isUnknownJob("slurm_load_jobs error: Invalid job id specified\n"))
        #expect(
            !SlurmCommand.isUnknownJob("slurm_load_jobs error: Unable to contact slurm controller (connect failure)"))
        #expect(SlurmCommand.isWithoutAccounting("Slurm accounting storage is disabled\n"))
        #expect(!SlurmCommand.isWithoutAccounting("sacct: error: Problem talking to the database: Connection refused"))
    }
}
