import Foundation
import SlipwayCore

/// The folders of uploads on disk. All calls block.
struct FolderRepository: Sendable {
    let folders: DataFolders
    let server: ServerID

    /// A new folder in which an upload is received and put together.
    func makeStagingFolder() throws -> StagedFolder {
        let staged = StagedFolder(path: "\(folders.uploadStaging(of: server))/\(UUID().uuidString.lowercased())")
        try DurableFiles.createFolder(staged.path)
        return staged
    }

    /// Puts a staged version in its place by one rename.
    func place(_ staged: StagedFolder, as version: FolderVersion) throws {
        let parent = "\(folders.uploads)/\(version.folder)"
        let destination = folders.upload(version).path
        try DurableFiles.createFolder(parent)
        // A number is given out once; what lies there is of a database that was since restored. It goes aside, not away,
        // before this one has its place.
        let aside = staged.path + "/replaced"
        let isReplaced = (try? DurableFiles.rename(destination, to: aside)) != nil
        do {
            do {
                try DurableFiles.rename(staged.version.path, to: destination)
            } catch {
                // The removal of the last version before this one may just have taken the folder around both.
                try DurableFiles.createFolder(parent)
                try DurableFiles.rename(staged.version.path, to: destination)
            }
        } catch {
            if isReplaced { try DurableFiles.rename(aside, to: destination) }
            throw error
        }
        try DurableFiles.sync(folder: parent)
        try DurableFiles.sync(folder: folders.uploads)
    }

    /// Removes a version's files; what is not there is no fault. The folder's own is removed with its last version.
    ///
    /// - Throws: `SlipwayError`; `CancellationError` where `stop` is raised meanwhile.
    func remove(_ version: FolderVersion, stop: StopSign? = nil) throws {
        let parent = "\(folders.uploads)/\(version.folder)"
        // A file system that is away must not pass for one on which the files are gone.
        try DurableFiles.sync(folder: folders.uploadStaging)
        // Where nothing was ever placed there may be no folder around it.
        if access(parent, F_OK) == 0 {
            _ = try FolderRemoval.remove(folders.upload(version).path, stop: stop)
        } else if errno != ENOENT {
            throw DurableFiles.failure("access", parent)
        }
        // Fails while another version is there, as it should.
        rmdir(parent)
    }
}

/// The folder of one upload on its way.
struct StagedFolder: Sendable {
    let path: String

    /// The archive as it came.
    var archive: String { path + "/upload" }
    var unpacked: String { path + "/unpacked" }
    /// What is going to be renamed into its place.
    var version: UploadFolder { UploadFolder(path: path + "/version") }
}
