package import Foundation

/// Where a version is between disk and memory.
package enum ModelState: Sendable, Hashable {
    /// On its way in, or waiting until there is room.
    case loading
    case ready(memoryBytes: Int64, loadedAt: Date, isPinned: Bool)
    /// On its way out: requests still run on it, or the runtime frees it.
    case unloading
    /// The last load failed; the next request tries again.
    case failed(reason: String, at: Date)
}
