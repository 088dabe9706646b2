/// One event of a `text/event-stream` (WHATWG HTML, section 9.2).
package struct ServerSentEvent: Sendable, Hashable {
    /// The last id that the stream has named, this event's or an earlier one's; empty before the first.
    package var id: String
    /// Empty for the default type.
    package var type: String
    package var data: String

    package init(id: String = "", type: String = "", data: String) {
        self.id = id
        self.type = type
        self.data = data
    }
}
