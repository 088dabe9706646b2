import Foundation
import SlipwayServices
import Synchronization

/// Which server is to be killed how, until enough have been.
final class SoakPlan: Sendable {
    enum Death: Sendable, Hashable {
        case point(FaultPoint)
        /// Seconds after its start.
        case moment(Double)

        var name: String {
            switch self {
            case .point(let point): point.rawValue
            case .moment: Self.anyMoment
            }
        }

        static let anyMoment = "a random moment"
    }

    /// All points that the server itself passes in its work with tasks.
    static let points = FaultPoint.allCases.filter {
        ![.uploadPlaced, .folderClosed, .folderRetired, .pruneRecorded, .filesPruned].contains($0)
    }

    let kills: Int
    private let end: ContinuousClock.Instant
    private let state: Mutex<State>

    private struct State {
        var planned: [Death] = []
        var given = 0
        var returned = 0
    }

    /// Random moments for each round of the points.
    private static let moments = 8

    /// - Parameter limit: No server is started to be killed after this time.
    init(kills: Int, within limit: Duration) {
        self.kills = kills
        end = .now + limit
        state = Mutex(State())
    }

    /// Nil when all kills are given out, or the time is up.
    func next() -> Death? {
        state.withLock { state in
            guard state.given < kills, .now < end else { return nil }
            if state.planned.isEmpty {
                state.planned = Self.points.map { .point($0) }
                state.planned += (0..<Self.moments).map { _ in .moment(.random(in: 0.2...6)) }
                state.planned.shuffle()
            }
            state.given += 1
            return state.planned.removeLast()
        }
    }

    /// A server was not killed where it was to be: another one is to be killed there.
    func giveBack(_ death: Death) {
        state.withLock { $0.planned.insert(death, at: 0) }
    }
}
