/// The words for a task's state on the wire.
package enum TaskStates {
    /// In the order in which a task passes through them.
    package static let all = [
        "queued", "submitting", "pending", "running", "collecting", "succeeded", "failed", "cancelled", "lost",
    ]

    /// Whether the task is at its end. A state that this program does not know is not taken for one.
    package static func isFinal(_ state: String) -> Bool {
        ["succeeded", "failed", "cancelled", "lost"].contains(state)
    }

    package static func isSuccess(_ state: String) -> Bool { state == "succeeded" }
}
