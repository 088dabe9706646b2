package import SlipwayAPI

/// What is known of a task while its events come in, over any number of connections.
///
/// A pure machine: it is told what happened and says what to do.
package struct TaskProgress: Sendable {
    package enum Action: Sendable, Hashable {
        /// Show the event.
        case show
        /// It was shown before: the server repeated it after a new connection.
        case skip
        /// Show the event, then ask for the task: this may have been its last event.
        case showAndConfirm
    }

    /// What the next connection sends as `Last-Event-ID`; nil asks for all events.
    package private(set) var lastEventID: Int64?
    private var attempt = 0

    package init(after lastEventID: Int64? = nil) {
        self.lastEventID = lastEventID
    }

    package mutating func received(_ event: TaskEventAnswer) -> Action {
        guard event.id > lastEventID ?? Int64.min else { return .skip }
        lastEventID = event.id
        attempt = max(attempt, event.attempt)
        return TaskStates.isFinal(event.state) ? .showAndConfirm : .show
    }

    /// Whether nothing more can come: the task is at its end, and not by an attempt that was not seen here.
    package func isComplete(_ task: TaskAnswer) -> Bool {
        TaskStates.isFinal(task.state) && task.attempt ?? 0 <= attempt
    }
}
