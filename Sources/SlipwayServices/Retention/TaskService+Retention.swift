import Foundation
package import SlipwayCore

extension TaskService {
    /// - Throws: `SlipwayError` of code `gone` where retention took the logs.
    package static func refuseWithoutLog(_ task: MLTask) throws {
        guard let date = task.logPrunedAt else { return }
        throw SlipwayError(.gone, "\(removal("The log", of: task, at: date)).")
    }

    /// - Throws: `SlipwayError` of code `gone` where retention took the files.
    static func refuseWithoutFiles(_ task: MLTask) throws {
        guard let date = task.filesPrunedAt else { return }
        throw SlipwayError(.gone, "\(removal("The files", of: task, at: date)).")
    }

    /// - Throws: `SlipwayError` of code `conflict` where retention took what another attempt would need.
    static func refuseRetryWithoutFiles(_ task: MLTask) throws {
        guard let date = task.filesPrunedAt else { return }
        throw SlipwayError(
            .conflict,
            "Task \(task.id) cannot be retried. \(removal("Its files", of: task, at: date)): submit it again as a new task."
        )
    }

    private static func removal(_ what: String, of task: MLTask, at date: Date) -> String {
        let whose = what == "Its files" ? "" : " of task \(task.id)"
        let verb = what == "The log" ? "was" : "were"
        let age = task.finishedAt.map {
            ", \(RetentionPolicy.text(seconds: date.timeIntervalSince($0))) after the task's end"
        }
        return "\(what)\(whose) \(verb) removed by retention on \(date.formatted(.iso8601))\(age ?? "")"
    }
}
