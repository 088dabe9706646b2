import HTTPTypes
import Synchronization

/// The requests that `/status` tells of.
package final class TFaaSCounts: Sendable {
    private struct State {
        var gets: UInt64 = 0
        var posts: UInt64 = 0
    }

    private let state = Mutex(State())

    func note(_ method: HTTPRequest.Method) {
        state.withLock { state in
            if method == .get { state.gets += 1 }
            if method == .post { state.posts += 1 }
        }
    }

    var gets: UInt64 { state.withLock { $0.gets } }
    var posts: UInt64 { state.withLock { $0.posts } }
}
