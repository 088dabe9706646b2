extension SlurmOutput {
    /// Reads what `SlurmCommand.controller(job:)` prints: one entry a record, in their order.
    ///
    /// A record is a block of lines; a key is looked for only at its place in the lines that Slurm 22.05 to 25.05
    /// print. The texts that people choose, the name and the folder, end their lines, so that nothing in them is taken
    /// for another field. Throws `malformedOutput` where a record lacks a field or has one twice.
    package static func controller(_ text: String) throws(SlurmError) -> [ControllerEntry] {
        var entries: [ControllerEntry] = []
        var lines: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("JobId="), !lines.isEmpty {
                entries.append(try entry(of: lines))
                lines = [line]
            } else if !lines.isEmpty || !line.allSatisfy(\.isWhitespace) {
                lines.append(line)
            }
        }
        if !lines.isEmpty { entries.append(try entry(of: lines)) }
        return entries
    }

    /// The first keys of the lines that hold what we read, and whether the rest of the line is the key's one value.
    private static let controllerLines: [Substring: Bool] = [
        "Priority": false, "JobState": false, "Requeue": false, "SubmitTime": false, "StartTime": false,
        "Partition": false, "NodeList": false, "WorkDir": true,
    ]

    private static func entry(of lines: [Substring]) throws(SlurmError) -> ControllerEntry {
        // JobId=12 [ArrayJobId=11 ArrayTaskId=3 | HetJobId=11 HetJobOffset=1] JobName=any text
        guard let head = lines.first, head.hasPrefix("JobId="), let name = head.firstRange(of: " JobName=") else {
            throw SlurmError(
                .malformedOutput, "scontrol printed \(quoted(lines.first ?? "")) where a job was expected")
        }
        let id = head[..<name.lowerBound].split(separator: " ").first?.dropFirst("JobId=".count) ?? ""
        var values: [Substring: Substring] = [:]
        for line in lines.dropFirst() {
            let text = line.drop { $0 == " " }
            let key = text.prefix { $0 != "=" }
            guard let isText = controllerLines[key] else { continue }
            guard values[key] == nil else {
                throw SlurmError(.malformedOutput, "scontrol printed \(key) twice of job \(quoted(id))")
            }
            if isText {
                values[key] = text.dropFirst(key.count + 1)
            } else {
                for word in text.split(separator: " ") {
                    let key = word.prefix { $0 != "=" }
                    if values[key] == nil { values[key] = word.dropFirst(key.count + 1) }
                }
            }
        }
        let exit = values["ExitCode"]?.split(separator: ":").map { Int($0) } ?? []
        guard let state = values["JobState"], let folder = values["WorkDir"], exit.count == 2, let code = exit[0],
            let signal = exit[1]
        else {
            throw SlurmError(
                .malformedOutput, "scontrol printed no JobState, WorkDir or ExitCode of job \(quoted(id))")
        }
        func value(_ key: Substring) -> String { String(values[key] ?? "") }
        return ControllerEntry(
            jobID: try jobID(String(id), of: "scontrol"),
            name: String(head[name.upperBound...]),
            partition: value("Partition"),
            state: JobState(String(state)),
            rawState: String(state),
            reason: word(value("Reason")),
            exitCode: code,
            exitSignal: signal,
            submitTime: time(value("SubmitTime")),
            startTime: time(value("StartTime")),
            endTime: time(value("EndTime")),
            priority: Int64(value("Priority")),
            restarts: Int(value("Restarts")) ?? 0,
            isRequeueable: value("Requeue") == "1",
            nodes: word(value("NodeList")) ?? "",
            workingDirectory: String(folder))
    }
}
