/// The register of the model repository; the files lie on the shared file system.
package protocol ModelStore: Sendable {
    /// Takes the next version number of a name for a task's attempt or an upload, before its files are put in place.
    /// The same task gets the same number again, so that a collector that starts over finds its own work.
    ///
    /// - Throws: `SlipwayError` of code `forbidden` where the name is somebody else's and the owner is no admin.
    func reserve(_ reservation: VersionReservation) async throws -> Int
    /// Shows a reserved version to everybody and points `default` at it; with `finishing`, the task ends `succeeded`
    /// in the same transaction.
    ///
    /// - Parameter base: The version that this one was made from, where it stands for what `default` was then: it has to
    ///   be `default` still, or what came meanwhile would be lost.
    /// - Parameter placing: Puts the files in their place; called when nobody else can publish this version any more.
    ///   What it throws undoes the publication.
    /// - Returns: False, with nothing changed, when the task left `collecting` meanwhile.
    /// - Throws: `SlipwayError` of code `conflict` where `default` is another version than `base`.
    func publish(
        name: String, version: Int, facts: PublishedFacts, base: Int?, finishing: AttemptTransition?,
        placing: @Sendable () async throws -> Void
    ) async throws -> Bool
    /// Forgets a reservation that came to nothing.
    func abandon(name: String, version: Int) async throws

    /// Newest version of each model, by name.
    func models() async throws -> [ModelSummary]
    func versions(of name: String) async throws -> [ModelVersion]
    /// By number (`3`), alias (`default`), or nil for `default`.
    func version(_ selector: String?, of name: String) async throws -> ModelVersion?
    func setAlias(_ alias: String, of name: String, to version: Int, for viewer: Viewer) async throws -> AliasOutcome
    func removeAlias(_ alias: String, of name: String, for viewer: Viewer) async throws -> AliasOutcome
    /// Removes one version, or with nil all of them, from the register; answers the numbers removed. Their files are
    /// then to be removed by `RetentionStore.finishRemoval`; what a crash leaves of them, retention finishes.
    func remove(name: String, version: Int?, for viewer: Viewer) async throws -> [Int]
    /// Whose model this is; nil where the name is free.
    func owner(of name: String) async throws -> User.ID?
    /// Who alone may publish under this name: the model's owner, or the owner of the folder whose processes have such
    /// names, so that nobody takes the name of another's next process. Nil where the name is free.
    func holder(of name: String) async throws -> User.ID?
    /// Says what a version is, or with nil the model as a whole; nil for the text removes it.
    func describe(
        name: String, version: Int?, description: String?, for viewer: Viewer
    ) async throws -> AliasOutcome
    func description(of name: String) async throws -> String?
    func setSettings(_ settings: ServingSettings, of name: String, for viewer: Viewer) async throws -> AliasOutcome
    /// Every change to a model, its versions or its aliases from now on, by whichever server.
    func changes() -> any AsyncSequence<ModelChange, any Error> & Sendable
    /// Forgets reservations of more than so many seconds ago whose task is not being collected.
    ///
    /// - Parameter removing: Removes what was put in place for one; while it runs nobody else publishes that version.
    func abandonStale(
        olderThan seconds: Double, removing: @Sendable (_ name: String, _ version: Int) async throws -> Void
    ) async throws
}

/// Who asks for a version number.
package struct VersionReservation: Sendable {
    package var name: String
    package var task: TaskID?
    package var ownerID: User.ID
    package var description: String?
    package var library: String?

    package init(
        name: String, task: TaskID?, ownerID: User.ID, description: String? = nil, library: String? = nil
    ) {
        self.name = name
        self.task = task
        self.ownerID = ownerID
        self.description = description
        self.library = library
    }
}

/// What followers of the register are told.
package enum ModelChange: Sendable, Hashable {
    case model(String)
    /// Changes may have been missed.
    case all
}

/// What is known of a version once its files are in place.
package struct PublishedFacts: Sendable {
    package var format: String
    package var sha256: String
    package var bytes: Int64
    package var signature: ModelSignature?
    package var lineage: Lineage?

    package init(
        format: String, sha256: String, bytes: Int64, signature: ModelSignature?, lineage: Lineage? = nil
    ) {
        self.format = format
        self.sha256 = sha256
        self.bytes = bytes
        self.signature = signature
        self.lineage = lineage
    }
}

/// One line of the list of models.
package struct ModelSummary: Sendable {
    package var newest: ModelVersion
    package var versionCount: Int
    package var defaultVersion: Int?

    package init(newest: ModelVersion, versionCount: Int, defaultVersion: Int?) {
        self.newest = newest
        self.versionCount = versionCount
        self.defaultVersion = defaultVersion
    }
}

package enum AliasOutcome: Sendable, Hashable {
    case done
    case notFound
    /// The model belongs to somebody else.
    case forbidden
}
