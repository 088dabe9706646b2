import SlipwayAPI
import SlipwayCore

extension ServingSettingsAnswer {
    init(_ settings: ServingSettings) {
        self.init(
            maximumQueueDelay: settings.maximumQueueDelay, maximumBatchRows: settings.maximumBatchRows,
            isBatched: settings.isBatched, cacheBytes: settings.cacheBytes, isPinned: settings.isPinned)
    }

    /// The settings with what this request changes.
    func applied(to settings: ServingSettings) -> ServingSettings {
        ServingSettings(
            maximumQueueDelay: maximumQueueDelay ?? settings.maximumQueueDelay,
            maximumBatchRows: maximumBatchRows ?? settings.maximumBatchRows,
            isBatched: isBatched ?? settings.isBatched,
            cacheBytes: cacheBytes ?? settings.cacheBytes,
            isPinned: isPinned ?? settings.isPinned)
    }
}
