import Foundation
import Hummingbird
import NIOCore
import NIOFoundationCompat
import ServiceLifecycle
import SlipwayAPI
import SlipwayCore
import SlipwayServices

/// Writes a task's events as the WHATWG's server-sent events, with a comment now and then that keeps proxies and
/// broken connections honest.
struct EventStream {
    let events: TaskEventStream

    private static let heartbeatInterval = Duration.seconds(15)

    private enum Signal: Sendable {
        case event(TaskEvent)
        case heartbeat
    }

    /// Ends after the event of a final state, and when the server goes down: clients then come back with the id of
    /// the last event that they saw.
    @concurrent func write(to writer: inout any ResponseBodyWriter) async throws {
        let (signals, signal) = AsyncThrowingStream.makeStream(of: Signal.self)
        let events = events
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    for try await event in events { signal.yield(.event(event)) }
                    signal.finish()
                } catch {
                    signal.finish(throwing: error)
                }
            }
            group.addTask {
                while true {
                    try await Task.sleep(for: Self.heartbeatInterval)
                    signal.yield(.heartbeat)
                }
            }
            group.addTask {
                try await gracefulShutdown()
                signal.finish()
            }
            defer { group.cancelAll() }
            for try await signal in signals {
                switch signal {
                case .event(let event): try await writer.write(Self.frame(TaskEventAnswer(event)))
                case .heartbeat: try await writer.write(ByteBuffer(string: ": still here\n\n"))
                }
            }
        }
    }

    static func frame(_ event: TaskEventAnswer) throws -> ByteBuffer {
        var frame = ByteBuffer(string: "id: \(event.id)\nevent: state\ndata: ")
        // Encoded JSON holds no line breaks, which would end the field.
        frame.writeBytes(try WireJSON.encoder().encode(event))
        frame.writeString("\n\n")
        return frame
    }
}
