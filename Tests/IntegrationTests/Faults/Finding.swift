/// Something that is not as it was promised.
struct Finding: Sendable, Hashable, CustomStringConvertible {
    enum Kind: String, CaseIterable, Sendable {
        /// A task that was answered 201 is not there, or never ended.
        case lost
        /// More than one job for an attempt, also where the guard in the script stopped it.
        case doubled
        /// A file without its row, a row without its file, a job without its attempt.
        case orphan
        /// Not the end that the task had to come to, or not what belongs to it.
        case wrongEnd = "wrong end"
    }

    var kind: Kind
    /// Nil where no task is concerned.
    var task: String?
    var words: String

    var description: String { "\(kind.rawValue): \(task.map { "task \($0): " } ?? "")\(words)" }
}
