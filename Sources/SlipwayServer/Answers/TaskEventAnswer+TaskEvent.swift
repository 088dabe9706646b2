package import SlipwayAPI
package import SlipwayCore

extension TaskEventAnswer {
    package init(_ event: TaskEvent) {
        self.init(
            id: event.id, task: event.task.text, attempt: event.attempt, state: event.state.rawValue,
            reason: event.reason?.rawValue, witness: event.witness.rawValue, raw: event.raw, message: event.message,
            factAt: event.factAt, learnedAt: event.learnedAt)
    }
}
