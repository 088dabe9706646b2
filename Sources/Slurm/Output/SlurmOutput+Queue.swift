extension SlurmOutput {
    /// Reads what `SlurmCommand.queue(user:)` prints, in its order.
    ///
    /// Throws `malformedOutput` where the output is cut off or is not squeue's.
    package static func queue(_ text: String) throws(SlurmError) -> [QueueEntry] {
        var entries: [QueueEntry] = []
        for fields in try records(text, fields: SlurmCommand.queueFields.count, of: "squeue") {
            entries.append(
                QueueEntry(
                    jobID: try jobID(fields[0], of: "squeue"),
                    name: fields[12],
                    account: word(fields[2]) ?? "",
                    partition: fields[3],
                    state: JobState(fields[1]),
                    rawState: fields[1],
                    reason: fields[4],
                    submitTime: time(fields[5]),
                    startTime: time(fields[6]),
                    endTime: time(fields[7]),
                    nodes: word(fields[8]) ?? "",
                    priority: Int64(fields[10]),
                    workingDirectory: fields[11],
                    timeLimitSeconds: duration(fields[9])))
        }
        return entries
    }
}
