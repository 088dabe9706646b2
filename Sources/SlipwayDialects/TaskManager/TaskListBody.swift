import Foundation
import Hummingbird
import NIOCore
import SlipwayAPI
import SlipwayCore
import SlipwayServices

/// All tasks of a user as one JSON array, written page by page: memory holds one page.
struct TaskListBody {
    let dialect: TaskManagerDialect
    let first: TaskPage
    let user: User

    private static let pageSize = 200

    static func filter(before: TaskID?) -> TaskFilter { TaskFilter(before: before, limit: pageSize) }

    @concurrent func write(to writer: inout any ResponseBodyWriter) async throws {
        let encoder = WireJSON.encoder()
        var page = first
        var isFirst = true
        try await writer.write(ByteBuffer(string: "["))
        while true {
            var piece = ByteBuffer()
            for task in page.tasks {
                if !isFirst { piece.writeString(",\n") }
                isFirst = false
                piece.writeBytes(try encoder.encode(dialect.answer(task)))
            }
            try await writer.write(piece)
            guard let next = page.next else { break }
            page = try await dialect.services.tasks.list(Self.filter(before: next), as: user)
        }
        try await writer.write(ByteBuffer(string: "]\n"))
    }
}
