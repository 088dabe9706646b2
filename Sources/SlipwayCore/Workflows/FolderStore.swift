/// The register of uploaded folders and of the processes submitted from them; the files lie on the shared file system.
package protocol FolderStore: Sendable {
    /// Whosever it is: names are everybody's.
    func folder(_ name: String) async throws -> TrainingFolder?
    /// Takes the next version number of a folder for an upload, before its files are put in place; makes the name its
    /// first user's.
    ///
    /// - Returns: nil where the name is somebody else's.
    func reserve(_ name: String, for owner: User.ID) async throws -> FolderVersion?
    /// Makes a reserved version the one that processes are submitted from, unless a later upload came first.
    ///
    /// - Parameter placing: Puts the files in their place. What it throws undoes the publication.
    func publish(
        _ version: FolderVersion, files: Int, bytes: Int64, placing: @Sendable () async throws -> Void
    ) async throws -> TrainingFolder
    /// Forgets a reservation that came to nothing.
    func abandon(_ version: FolderVersion) async throws
    /// Forgets reservations of more than so many seconds ago.
    ///
    /// - Parameter removing: Removes what was put in place for one; while it runs nobody publishes that version.
    func abandonStale(
        olderThan seconds: Double, removing: @Sendable (FolderVersion) async throws -> Void
    ) async throws

    /// Takes a folder from the processes to come; those that are under way keep its files.
    ///
    /// - Returns: False where the viewer has no such folder, or it was removed before.
    func close(_ name: String, for viewer: Viewer) async throws -> Bool
    /// Puts on record that versions are to go which are no folder's present one and which no task can need any more;
    /// nothing leads back from there.
    ///
    /// - Parameter folder: nil looks at all.
    /// - Returns: Up to `limit` versions whose files are to be removed, those of earlier calls among them.
    func retire(of folder: String?, limit: Int) async throws -> [FolderVersion]
    /// The files of a retired version are gone.
    func finishRemoval(_ version: FolderVersion) async throws

    func process(
        _ name: ProcessName, for viewer: Viewer
    ) async throws -> (process: TrainingProcess, task: MLTask)?
    func process(of task: TaskID) async throws -> TrainingProcess?
}
