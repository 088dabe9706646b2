/// The rules of one HTTP/1 connection that lie between a request's body and its answer: when `100 Continue` is sent,
/// and what becomes of a body that the answer did not wait for (RFC 9110 section 10.1.1, RFC 9112 section 9.3).
///
/// A pure machine: past-tense inputs return what is to be done; `ConnectionFlowHandler` does it.
struct ConnectionFlow {
    private struct Exchange {
        let isHead: Bool
        let keepsAlive: Bool
        var awaitsContinue: Bool
        var isReceived = false
        var closesAfterAnswer = false
    }

    enum BodyAction: Equatable {
        case forward
        /// The answer is out and the sender goes on and on.
        case close
    }

    struct AnswerEnd: Equatable {
        /// An answer to HEAD has no body, so no end of a body goes on the wire either.
        var isSilent: Bool
        var closes: Bool
    }

    /// The last request was answered before its end: nothing more can be answered on this connection.
    var isSpent: Bool { drainBudget != nil }

    /// How many bytes of an unwanted body are read and dropped, so that the sender finds the answer before a reset.
    private let drainLimit: Int
    /// The requests that were begun and not yet answered, oldest first; clients may send ahead.
    private var exchanges: [Exchange] = []
    /// What may still be dropped of a body that was answered early; nil when none is.
    private var drainBudget: Int?

    init(drainLimit: Int) {
        self.drainLimit = drainLimit
    }

    mutating func requestBegan(isHead: Bool, keepsAlive: Bool, awaitsContinue: Bool) {
        exchanges.append(Exchange(isHead: isHead, keepsAlive: keepsAlive, awaitsContinue: awaitsContinue))
    }

    mutating func bodyArrived(bytes: Int) -> BodyAction {
        if let budget = drainBudget {
            drainBudget = budget - bytes
            return budget < bytes ? .close : .forward
        }
        // A client may stop waiting and send.
        if let last = exchanges.indices.last { exchanges[last].awaitsContinue = false }
        return .forward
    }

    mutating func requestEnded() -> BodyAction {
        if drainBudget != nil { return .close }
        if let last = exchanges.indices.last {
            exchanges[last].isReceived = true
            exchanges[last].awaitsContinue = false
        }
        return .forward
    }

    /// The reader of the body wants its first bytes.
    ///
    /// - Returns: Whether `100 Continue` is to be sent.
    mutating func bodyWanted() -> Bool {
        guard let first = exchanges.indices.first, exchanges[first].awaitsContinue else { return false }
        exchanges[first].awaitsContinue = false
        return true
    }

    /// A final answer's head is being written.
    ///
    /// - Returns: Whether the head has to say `Connection: close`.
    mutating func answerBegan() -> Bool {
        guard let first = exchanges.indices.first else { return false }
        exchanges[first].closesAfterAnswer = !exchanges[first].keepsAlive || !exchanges[first].isReceived
        return exchanges[first].closesAfterAnswer
    }

    mutating func answerEnded() -> AnswerEnd {
        guard !exchanges.isEmpty else { return AnswerEnd(isSilent: false, closes: false) }
        let exchange = exchanges.removeFirst()
        if exchange.isReceived || exchange.awaitsContinue {
            return AnswerEnd(isSilent: exchange.isHead, closes: exchange.closesAfterAnswer)
        }
        drainBudget = drainLimit
        return AnswerEnd(isSilent: exchange.isHead, closes: false)
    }
}
