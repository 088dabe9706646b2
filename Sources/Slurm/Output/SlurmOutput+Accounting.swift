extension SlurmOutput {
    /// Reads what the `SlurmCommand.accounting` commands print: one entry a job, in their order.
    ///
    /// A job's steps follow its own record (`12`, `12.batch`, `12.extern`, `12.0`); they count for the peak memory.
    /// A step whose job is not shown is left out, and so is a job whose start the database has not stored yet: sacct then
    /// makes up a row `allocation` around its steps, without partition and folder, PENDING while the job runs. Throws `malformedOutput` where the output is cut off or is not
    /// sacct's.
    package static func accounting(_ text: String) throws(SlurmError) -> [AccountingEntry] {
        var entries: [AccountingEntry] = []
        for fields in try records(text, fields: SlurmCommand.accountingFields.count, of: "sacct") {
            if let dot = fields[0].firstIndex(of: ".") {
                let job = try jobID(String(fields[0][..<dot]), of: "sacct")
                guard let last = entries.indices.last, entries[last].jobID == job, let peak = bytes(fields[10]) else {
                    continue
                }
                entries[last].peakMemoryBytes = max(entries[last].peakMemoryBytes ?? 0, peak)
            } else if fields[14] == "allocation", fields[13].isEmpty, fields[3].isEmpty {
                continue
            } else {
                entries.append(try entry(fields))
            }
        }
        return entries
    }

    private static func entry(_ fields: [String]) throws(SlurmError) -> AccountingEntry {
        let exit = fields[4].split(separator: ":").map { Int($0) }
        guard exit.count == 2, let code = exit[0], let signal = exit[1] else {
            throw SlurmError(.malformedOutput, "sacct printed \(quoted(fields[4])) where code:signal was expected")
        }
        return AccountingEntry(
            jobID: try jobID(fields[0], of: "sacct"),
            name: fields[14],
            account: fields[2],
            partition: fields[3],
            state: JobState(fields[1]),
            rawState: fields[1],
            exitCode: code,
            exitSignal: signal,
            submitTime: time(fields[5]),
            startTime: time(fields[6]),
            endTime: time(fields[7]),
            nodes: fields[8] == "None assigned" ? "" : fields[8],
            reason: word(fields[9]),
            workingDirectory: fields[13],
            peakMemoryBytes: bytes(fields[10]),
            requestedMemoryBytes: bytes(fields[11]),
            elapsedSeconds: Int64(fields[12]) ?? 0)
    }
}
