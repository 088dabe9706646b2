/// Parsers of what the commands of `SlurmCommand` print.
///
/// Fields are separated by U+001F, records by a newline. The one field that may hold any text, the job's name, comes
/// last: whatever is in it cannot shift another field, and a line that is no record continues the name before it.
package enum SlurmOutput {
    static let separator: Character = "\u{1f}"
    private static let separatorByte: UInt8 = 0x1f

    /// Splits output into records of exactly `count` fields.
    ///
    /// Throws `malformedOutput` where the output was cut off or does not begin with a record.
    static func records(_ text: String, fields count: Int, of command: String) throws(SlurmError) -> [[String]] {
        guard !text.isEmpty else { return [] }
        guard text.utf8.last == UInt8(ascii: "\n") else {
            throw SlurmError(
                .malformedOutput, "\(command) was cut off: its output ends with \(quoted(text.suffix(80)))")
        }
        var records: [[String]] = []
        // Bytes, not characters: of 10,000 jobs there are two million.
        for line in text.utf8.dropLast().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let fields = line.split(separator: separatorByte, maxSplits: count - 1, omittingEmptySubsequences: false)
            if fields.count == count {
                records.append(fields.map { String(Substring($0)) })
            } else if fields.count == 1, !records.isEmpty {
                records[records.count - 1][count - 1] += "\n" + Substring(line)
            } else {
                throw SlurmError(
                    .malformedOutput,
                    "\(command) printed \(quoted(Substring(line))) where a record of \(count) fields was expected")
            }
        }
        return records
    }

    static func jobID(_ text: String, of command: String) throws(SlurmError) -> JobID {
        guard let id = JobID(text) else {
            throw SlurmError(.malformedOutput, "\(command) printed \(quoted(text)) where a job id was expected")
        }
        return id
    }

    static func quoted(_ text: some StringProtocol) -> String { String(reflecting: String(text.prefix(200))) }
}
