import Foundation
import SlipwayCore
import Testing

@testable import SlipwayServices

@Suite("Finding an attempt's job in a witness's answer")
struct SightingsTests {
    static func open(jobID: Int64?) -> OpenAttempt {
        OpenAttempt(
            attempt: Attempt(
                id: Attempt.ID(task: TaskIDGenerator().next(), number: 1), cluster: "c", state: .pending, jobID: jobID,
                createdAt: .distantPast),
            cancelRequested: false, submissionEndsBy: .distantPast, isReleased: false)
    }

    static func job(_ id: Int64, in folder: String, _ phase: JobSighting.Phase = .running) -> JobSighting {
        JobSighting(jobID: id, witness: .squeue, phase: phase, raw: "", workingDirectory: folder)
    }

    @Test("A job of the same id in another folder is not ours: Slurm uses ids again")
    func recycledID() {
        let sightings = Sightings([Self.job(7, in: "/old")])
        #expect(sightings.sighting(of: Self.open(jobID: 7), in: "/ours") == nil)
    }

    @Test("An attempt without an id is found by its folder, the job that goes on first")
    func byFolder() {
        let sightings = Sightings([Self.job(7, in: "/ours", .ended(.failed(.exitCode))), Self.job(8, in: "/ours")])
        #expect(sightings.sighting(of: Self.open(jobID: nil), in: "/ours")?.jobID == 8)
        #expect(sightings.sighting(of: Self.open(jobID: nil), in: "/other") == nil)
    }

    @Test("Jobs are counted by phase")
    func counts() {
        let sightings = Sightings([
            Self.job(1, in: "/a"), Self.job(2, in: "/b", .waiting), Self.job(3, in: "/c", .waiting),
        ])
        #expect(sightings.running == 1)
        #expect(sightings.waiting == 2)
    }
}
