package import SlipwayCore

/// What users do with folders that they upload to train from, and with the processes submitted from them.
package struct WorkflowService: Sendable {
    let configuration: Configuration
    let store: any FolderStore
    let models: any ModelStore
    let tasks: TaskService
    let repository: FolderRepository
    let retirement: FolderRetirement
    let faults: Faults
    let locks = KeyedLocks()

    /// Uploads and models of everybody wait for the threads on which specs are removed.
    private static let removalPatience = Duration.seconds(10)

    init(
        configuration: Configuration, store: any FolderStore, models: any ModelStore, tasks: TaskService,
        repository: FolderRepository, retirement: FolderRetirement, faults: Faults
    ) {
        self.configuration = configuration
        self.store = store
        self.models = models
        self.tasks = tasks
        self.repository = repository
        self.retirement = retirement
        self.faults = faults
    }

    /// Begins an upload of a folder, which becomes its next version.
    ///
    /// - Throws: `SlipwayError`: `forbidden` for a viewer and for a folder of somebody else, `invalid` for a name that
    ///   cannot be a folder's.
    package func beginUpload(_ name: String, for user: User) async throws -> FolderUpload {
        try Self.mayChange(user)
        guard TrainingFolder.isName(name) else {
            throw SlipwayError(
                .invalid, "This cannot be a folder's name.",
                faults: [
                    FieldFault(
                        path: "name", value: name,
                        message:
                            "must be 1 to 64 letters (a–z), digits, “.”, “_” or “-”, and begin with a letter or digit")
                ])
        }
        // Processes and models carry the name, which an admin's upload would make somebody else's too.
        if let folder = try await store.folder(name), folder.ownerID != user.id { throw Self.foreign(name) }
        let repository = repository
        let staged = try await BlockingIO.run { try repository.makeStagingFolder() }
        return FolderUpload(
            name: name, owner: user.id, staged: staged, store: store, repository: repository,
            limits: configuration.limits, faults: faults)
    }

    /// - Throws: `SlipwayError` of code `notFound` where there is no such process, or it is somebody else's.
    package func process(named name: String, for user: User) async throws -> (process: TrainingProcess, task: MLTask) {
        guard let parsed = ProcessName(name), let found = try await store.process(parsed, for: user.viewer) else {
            throw SlipwayError(
                .notFound, "There is no process “\(name.prefix(100))”, or it belongs to somebody else.",
                faults: [
                    FieldFault(
                        path: "process_name", value: name, message: "must be the name that submit answered, as luca_1")
                ])
        }
        return found
    }

    /// Removes what earlier jobs found out about the folder's files; the next one finds it out anew.
    ///
    /// - Throws: `SlipwayError`: `forbidden` for a viewer, `notFound`, `gone`; `unavailable` where it takes too long.
    package func deleteSpecs(of folder: String, for user: User) async throws {
        try Self.mayChange(user)
        let version = try await present(folder, for: user).version
        let upload = configuration.folders.upload(version)
        try await BlockingIO.run(on: .scripted) { try upload.removeSpecs(patience: Self.removalPatience) }
    }

    /// Takes a folder away from submissions at once. Its files go when no unfinished task uses them; processes, their
    /// models and the name stay.
    ///
    /// - Throws: `SlipwayError`: `forbidden` for a viewer, `notFound`, `gone`.
    package func deleteFolder(_ folder: String, for user: User) async throws {
        try Self.mayChange(user)
        guard TrainingFolder.isName(folder), try await store.close(folder, for: user.viewer) else {
            _ = try await present(folder, for: user)
            throw Self.gone(folder)
        }
        faults.pass(.folderClosed)
        await retirement.run(folder: folder)
    }

    /// A folder of the user that has files, and its present version; an admin's are all.
    func present(_ name: String, for user: User) async throws -> (folder: TrainingFolder, version: FolderVersion) {
        guard TrainingFolder.isName(name), let folder = try await store.folder(name),
            user.viewer == .everything || folder.ownerID == user.id
        else { throw Self.unknown(name) }
        guard let version = folder.version else { throw Self.gone(name) }
        return (folder, FolderVersion(folder: folder.name, version: version))
    }

    static func mayChange(_ user: User) throws {
        try user.mayChange("change nothing")
    }

    static func unknown(_ name: String) -> SlipwayError {
        SlipwayError(
            .notFound, "There is no folder “\(name.prefix(100))”, or it belongs to somebody else.",
            faults: [FieldFault(path: "name", value: name, message: "must be the name of a folder that you uploaded")])
    }

    static func foreign(_ name: String) -> SlipwayError {
        SlipwayError(
            .forbidden, "The folder “\(name)” belongs to somebody else.",
            faults: [FieldFault(path: "name", value: name, message: "is taken; choose another name")])
    }

    private static func gone(_ name: String) -> SlipwayError {
        SlipwayError(
            .gone, "The folder “\(name)” has no files: it was removed, or its first upload never ended.",
            faults: [FieldFault(path: "name", value: name, message: "must be uploaded again")])
    }
}
