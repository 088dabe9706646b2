package import SlipwayCore

/// How long a cluster's things are kept, in seconds from the task's end; nil is for ever.
package struct RetentionPolicy: Sendable, Hashable {
    package var taskFolders: Int?
    package var logs: Int?
    /// Versions in the model repository that the cluster's tasks made.
    package var archives: Int?

    package init(taskFolders: Int? = nil, logs: Int? = nil, archives: Int? = nil) {
        self.taskFolders = taskFolders
        self.logs = logs
        self.archives = archives
    }

    package var isEmpty: Bool { taskFolders == nil && logs == nil && archives == nil }

    /// A job that no witness knew may turn up for a week after its attempt was given up; a day more is for clocks.
    private static let secondsWhereLost = 8 * 86_400

    /// Which tasks' part is due; nil where it is kept for ever.
    package func rule(for part: TaskPart, of cluster: String) -> TaskRule? {
        let seconds =
            switch part {
            case .files: taskFolders
            case .log: logs
            }
        return seconds.map {
            TaskRule(
                cluster: cluster, part: part, seconds: Double($0),
                secondsWhereLost: Double(max($0, Self.secondsWhereLost)))
        }
    }

    package func versionRule(of cluster: String) -> VersionRule? {
        archives.map { VersionRule(cluster: cluster, seconds: Double($0)) }
    }
}

extension RetentionPolicy {
    /// Reads `12h`, `90d` or `2w`: from an hour to a hundred years.
    ///
    /// - Returns: Seconds.
    package static func seconds(_ text: String) -> Int? {
        guard let unit = text.last, let factor = ["h": 3600, "d": 86_400, "w": 604_800][unit] else { return nil }
        let number = text.dropLast()
        guard (1...6).contains(number.utf8.count), number.utf8.allSatisfy({ (48...57).contains($0) }),
            let count = Int(number), count > 0, count * factor <= 36_500 * 86_400
        else { return nil }
        return count * factor
    }

    /// `90 days`, `1 hour`: whole days where there are two at least.
    package static func text(seconds: Double) -> String {
        let hours = max(0, Int((seconds / 3600).rounded(.down)))
        if hours >= 48 { return "\(hours / 24) days" }
        return hours == 1 ? "1 hour" : "\(hours) hours"
    }
}
