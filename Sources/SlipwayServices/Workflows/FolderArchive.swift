import Archives
import Foundation
import SlipwayCore

/// Makes an upload's archive a version of a folder. All calls block.
struct FolderArchive: Sendable {
    let staged: StagedFolder
    let limits: Configuration.Limits

    /// What a version holds.
    struct Content: Sendable, Hashable {
        var files: Int
        var bytes: Int64
    }

    /// ROOT files come in hundreds, beside what people pack by accident.
    private static let maximumMembers = 100_000

    /// Checks every member before anything is written, unpacks, and has the version whole and on disk where it is to be
    /// renamed from.
    ///
    /// - Throws: `SlipwayError`: `invalid` for an archive that is none or whose members are refused.
    func arrange() throws -> Content {
        let members = try unpack()
        DurableFiles.remove(staged.archive)
        let (kept, strays) = Self.sort(members)
        let files = kept.filter { $0.kind == .file }
        guard !files.isEmpty else { throw SlipwayError(.invalid, "The folder's archive holds no file.") }
        for stray in strays { DurableFiles.remove("\(staged.unpacked)/\(stray)") }
        let version = staged.version
        try DurableFiles.createFolder(version.specs)
        try DurableFiles.rename(
            Self.onlyFolder(of: kept).map { "\(staged.unpacked)/\($0)" } ?? staged.unpacked, to: version.files)
        try moveSpecs(of: version)
        for folder in [version.files, version.specs, version.path] { try DurableFiles.sync(folder: folder) }
        return Content(files: files.count, bytes: files.reduce(0) { $0 + $1.size })
    }

    private func unpack() throws -> [ArchiveMember] {
        var archiveLimits = ArchiveLimits.upload
        archiveLimits.maximumMembers = Self.maximumMembers
        archiveLimits.maximumTotalBytes = limits.maximumRequestBytes
        archiveLimits.maximumMemberBytes = limits.maximumPartBytes
        do throws(ArchiveError) {
            return try ArchiveReader.extract(path: staged.archive, into: staged.unpacked, limits: archiveLimits)
        } catch {
            switch error.code {
            case .system, .changedWhileReading:
                throw SlipwayError(.unavailable, "The folder's archive could not be unpacked: \(error.message)")
            default:
                throw SlipwayError(.invalid, "The folder's archive cannot be used: \(error.message)")
            }
        }
    }

    /// Parts what the user packed from what macOS put beside it: members that stay, and paths of those that go.
    static func sort(_ members: [ArchiveMember]) -> (kept: [ArchiveMember], strays: [String]) {
        var kept: [ArchiveMember] = []
        var strays: [String] = []
        for member in members {
            let names = member.path.split(separator: "/")
            let isStray = names.contains { $0 == "__MACOSX" || $0 == ".DS_Store" || $0.hasPrefix("._") }
            if isStray { strays.append(member.path) } else { kept.append(member) }
        }
        return (kept, strays)
    }

    /// The folder that all members are in; nil where there are several, or files beside it.
    static func onlyFolder(of members: [ArchiveMember]) -> String? {
        var tops: Set<Substring> = []
        for member in members {
            let parts = member.path.split(separator: "/", maxSplits: 1)
            if parts.count == 1, member.kind == .file { return nil }
            tops.insert(parts[0])
        }
        return tops.count == 1 ? tops.first.map(String.init) : nil
    }

    /// Specs that a user packed are reused, and deleted, as those that jobs write.
    private func moveSpecs(of version: UploadFolder) throws {
        let names = OpenFolder.names(in: version.files) { Self.isSpecs($0) ? $0 : nil }
        for name in names where StoredFile.at("\(version.files)/\(name)") != nil {
            try DurableFiles.rename("\(version.files)/\(name)", to: "\(version.specs)/\(name)")
        }
    }

    static func isSpecs(_ name: String) -> Bool {
        name == "global-specs.json" || name.hasPrefix("specs-") && name.hasSuffix(".json")
    }
}
