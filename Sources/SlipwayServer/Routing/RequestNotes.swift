import Synchronization

/// What is found out about a request on its way in, for the line that is logged on its way out.
final class RequestNotes: Sendable {
    private let name = Mutex<String?>(nil)

    /// Name of the user who sent it.
    var user: String? {
        get { name.withLock { $0 } }
        set { name.withLock { $0 = newValue } }
    }
}
