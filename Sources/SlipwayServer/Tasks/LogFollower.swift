import Hummingbird
import ServiceLifecycle
import SlipwayCore
import SlipwayServices

/// Sends a log as it grows, from its beginning until the task is over.
struct LogFollower {
    let tasks: TaskService
    let task: MLTask
    let user: User

    /// Seconds between two looks at a file that has not grown, where the task does not change before.
    private static let interval = 1.0

    @concurrent func write(to writer: inout any ResponseBodyWriter) async throws {
        var task = task
        var path: String?
        var offset: Int64 = 0
        while true {
            // A task that was over before the file was read has nothing left to write.
            let isOver = task.state.isFinal
            if let file = try await tasks.log(task.id.text, as: user) {
                // A new attempt writes a new file.
                if file.path != path { offset = 0 }
                path = file.path
                offset = try await FileReading.copy(file, from: offset, to: &writer)
            }
            if isOver || Task.isShuttingDownGracefully { return }
            task = try await tasks.waitForChange(task.id.text, as: user, seconds: Self.interval)
            // A task that changes fast, or a wait that is refused, must not make the file be read without a pause.
            try await Task.sleep(for: .milliseconds(100))
        }
    }
}
