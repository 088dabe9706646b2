import SlipwayCore

/// The answer of one witness, by job and by working directory.
struct Sightings {
    private let byJob: [Int64: JobSighting]
    private let byFolder: [String: [JobSighting]]
    let waiting: Int
    let running: Int

    init(_ sightings: [JobSighting]) {
        byJob = Dictionary(sightings.map { ($0.jobID, $0) }, uniquingKeysWith: { _, last in last })
        byFolder = Dictionary(grouping: sightings, by: \.workingDirectory)
        waiting = sightings.count { $0.phase == .waiting }
        running = sightings.count { $0.phase == .running }
    }

    /// What is said of an attempt's job. Slurm uses ids again: a job of the same id in another folder is not ours.
    func sighting(of open: OpenAttempt, in folder: String) -> JobSighting? {
        if let jobID = open.attempt.jobID {
            return byJob[jobID].flatMap { $0.workingDirectory == folder ? $0 : nil }
        }
        let jobs = jobs(in: folder)
        return jobs.first { !$0.phase.isEnded } ?? jobs.first
    }

    /// Every job of one submission.
    func jobs(in folder: String) -> [JobSighting] { byFolder[folder] ?? [] }

    func shows(_ jobID: Int64, in folder: String) -> Bool { jobs(in: folder).contains { $0.jobID == jobID } }

    /// The place of each waiting job among those of its partition, from 1, in the order in which Slurm means to start
    /// them: by weight, then by age.
    func places() -> [Int64: Int] {
        let waiting = byJob.values.filter { $0.phase == .waiting }
        var places: [Int64: Int] = [:]
        for jobs in Dictionary(grouping: waiting, by: \.partition).values {
            let inOrder = jobs.sorted { ($0.priority ?? 0, $1.jobID) > ($1.priority ?? 0, $0.jobID) }
            for (index, job) in inOrder.enumerated() { places[job.jobID] = index + 1 }
        }
        return places
    }
}

/// What both witnesses say; accounting only where it was asked and answered.
struct Witnesses {
    let queue: Sightings
    let accounting: Sightings?

    func show(_ jobID: Int64, in folder: String) -> Bool {
        queue.shows(jobID, in: folder) || accounting?.shows(jobID, in: folder) == true
    }
}
