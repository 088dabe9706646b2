import NIOCore
import NIOHTTP1

/// Which requests of one HTTP/1 connection are answered beside the server, and in which order answers go out.
///
/// A request may take the fast lane when nothing else of its connection is under way. What arrives while it is answered
/// waits. A pure machine: past-tense inputs return what is to be done; `FastLaneHandler` does it.
struct FastLaneFlow {
    enum Phase {
        case open
        /// A request that may take the lane is arriving.
        case collecting(HTTPRequestHead, body: ByteBuffer?)
        /// The lane's answer is awaited.
        case answering
        /// The server behind has so many requests to answer.
        case passing(requests: Int)
    }

    enum Action {
        case nothing
        case forward([HTTPServerRequestPart])
        case answer(HTTPRequestHead, body: ByteBuffer)
    }

    private(set) var phase = Phase.open
    private var held: [HTTPServerRequestPart] = []

    /// The lane's answer is awaited.
    var isAnswering: Bool {
        if case .answering = phase { true } else { false }
    }

    /// A request for the lane is arriving or being answered.
    var hasBegun: Bool {
        if case .collecting = phase { true } else { isAnswering }
    }

    /// Something waits behind an answer: no more need be read for now.
    var isHolding: Bool { !held.isEmpty }

    /// - Parameter mayTakeLane: Asked for a request's head when nothing is under way.
    mutating func partArrived(_ part: HTTPServerRequestPart, mayTakeLane: (HTTPRequestHead) -> Bool) -> Action {
        switch (phase, part) {
        case (.answering, _):
            held.append(part)
            return .nothing
        case (.open, .head(let head)) where mayTakeLane(head):
            phase = .collecting(head, body: nil)
            return .nothing
        case (.collecting(let head, nil), .body(let bytes)):
            phase = .collecting(head, body: bytes)
            return .nothing
        case (.collecting(let head, var body?), .body(var bytes)):
            phase = .open
            body.writeBuffer(&bytes)
            phase = .collecting(head, body: body)
            return .nothing
        case (.collecting(let head, let body), .end):
            phase = .answering
            return .answer(head, body: body ?? ByteBuffer())
        case (.open, .head), (.collecting, .head):
            phase = .passing(requests: 1)
            return .forward([part])
        case (.passing(let requests), .head):
            phase = .passing(requests: requests + 1)
            return .forward([part])
        case (.open, .body), (.open, .end), (.passing, .body), (.passing, .end):
            // Also the rest of a body whose answer did not wait for it.
            return .forward([part])
        }
    }

    /// The lane cannot answer after all: the request goes to the server behind, and then what came after it.
    mutating func laneDeclined(_ head: HTTPRequestHead, body: ByteBuffer) -> Action {
        phase = .passing(requests: 1 + heldRequests)
        defer { held = [] }
        return .forward([.head(head), .body(body), .end(nil)] + held)
    }

    /// No more of the request that was arriving will come: what is there of it goes to the server behind.
    mutating func brokenOff() -> Action {
        guard case .collecting(let head, let body) = phase else { return .nothing }
        phase = .passing(requests: 1)
        return .forward([.head(head)] + (body.map { [.body($0)] } ?? []))
    }

    /// The server behind has written the end of an answer.
    mutating func serverAnswered() {
        guard case .passing(let requests) = phase else { return }
        phase = requests > 1 ? .passing(requests: requests - 1) : .open
    }

    /// The lane's answer has been written.
    ///
    /// - Returns: What arrived meanwhile, to be put in again from the front.
    mutating func laneAnswered() -> [HTTPServerRequestPart] {
        phase = .open
        defer { held = [] }
        return held
    }

    private var heldRequests: Int {
        held.count { part in
            if case .head = part { true } else { false }
        }
    }
}
