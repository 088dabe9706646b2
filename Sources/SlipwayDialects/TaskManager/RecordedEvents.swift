import SlipwayCore
import SlipwayServices

/// The events that a task has so far, taken from a stream that would wait for more.
enum RecordedEvents {
    /// Ends at the event of the state that the task is in; where that is not found, when the store has told all it has.
    static func load(_ task: MLTask, services: Services, user: User) async throws -> [TaskEvent] {
        let stream = try await services.tasks.events(task.id.text, after: 0, as: user)
        return await withTaskGroup(of: [TaskEvent]?.self) { group in
            group.addTask {
                var events: [TaskEvent] = []
                do {
                    for try await event in stream {
                        events.append(event)
                        if event.state == task.state, event.attempt == task.attempt?.id.number ?? 0 { break }
                    }
                } catch {
                    // What was told before is shown all the same.
                    return events
                }
                return events
            }
            group.addTask {
                try? await Task.sleep(for: .milliseconds(250))
                return nil
            }
            for await events in group {
                group.cancelAll()
                if let events { return events }
            }
            return []
        }
    }
}
