package import SlipwayCore

/// A version to be run: which one, where its files are, and how its owner wants it served.
package struct ServedVersion: Sendable {
    package let key: ModelKey
    package let source: ModelSource
    package let settings: ServingSettings

    package init(key: ModelKey, source: ModelSource, settings: ServingSettings = ServingSettings()) {
        self.key = key
        self.source = source
        self.settings = settings
    }
}
