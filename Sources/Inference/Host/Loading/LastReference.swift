internal import SlipwayCore
internal import Synchronization

/// A model that is to be let go at a certain point, not whenever a closure that holds it is destroyed.
final class LastReference: Sendable {
    private let model: Mutex<(any LoadedModel)?>

    init(_ model: (any LoadedModel)?) {
        self.model = Mutex(model)
    }

    func drop() {
        model.withLock { $0 = nil }
    }
}
