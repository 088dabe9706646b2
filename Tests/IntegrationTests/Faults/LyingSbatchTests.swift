import Foundation
import SlipwayAPI
import Testing

@Suite(
    "An sbatch that lies",
    .sharedServer(
        ServerSettings(
            accountingLag: 2, commandTimeout: Double(LyingSbatch.timeLimit), tools: ["sbatch": LyingSbatch.tool])))
struct LyingSbatchTests {
    @Test("Whatever it answers, one job does the attempt's work, and the task succeeds", arguments: LyingSbatch.all)
    func oneJob(sbatch: LyingSbatch) async throws {
        let server = try TestServer.shared()
        let task = try await server.submit(TaskConfig(experiment: sbatch.name, modelName: "lied"))
        let ended = try await task.until("succeeded")
        #expect(try await task.attempts().count == 1)

        // What it said is on record, and so is who then told of the job.
        let events = try await task.events()
        let said = events.filter { $0.witness == "sbatch" }
        if said.isEmpty {
            // squeue, or sacct of a quick one, showed the job before sbatch's answer was on record.
            let first = events.first { ["pending", "running", "collecting"].contains($0.state) }
            #expect(["squeue", "sacct"].contains(first?.witness))
        } else if let words = sbatch.words {
            #expect(said.first?.raw?.contains(words) == true, "\(said)")
            #expect(said.first?.state == "submitting")
        } else {
            #expect(said.map(\.state) == ["pending"])
        }
        try await task.expectNoStepBack()

        // Which job did the work says the link that it took the attempt by.
        let attempt = "\(task.folder)/attempts/1"
        let claimant = try FileManager.default.destinationOfSymbolicLink(atPath: attempt + "/claim")
        #expect(claimant == "\(ended.jobID ?? 0)")
        let jobs = try await Patience.value("accounting knows the ends of the jobs") {
            let jobs = Set(try await Slurm.accounting(under: task.folder))
            return jobs.count >= sbatch.jobs && jobs.allSatisfy { ["COMPLETED", "FAILED"].contains($0.state) }
                ? jobs : nil
        }
        #expect(jobs.count == sbatch.jobs)
        for job in jobs {
            #expect(job.folder == attempt)
            #expect((job.state == "COMPLETED") == ("\(job.id)" == claimant))
            guard "\(job.id)" != claimant else { continue }
            let log = try String(contentsOfFile: "\(task.folder)/job_\(job.id).txt", encoding: .utf8)
            #expect(log.contains("belongs to job \(claimant); job \(job.id) does nothing"))
        }
        try await Slurm.untilNone(under: task.folder)
    }
}
