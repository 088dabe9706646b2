import Archives
import Testing

@testable import SlipwayServices

@Suite("An uploaded folder's archive")
struct FolderArchiveTests {
    private static func member(_ path: String) -> ArchiveMember {
        let isFolder = path.hasSuffix("/")
        return ArchiveMember(
            path: isFolder ? String(path.dropLast()) : path, kind: isFolder ? .folder : .file, size: 1, modified: 0,
            isExecutable: false)
    }

    @Test(
        "Of one folder the content counts; of files beside it, or of several folders, all",
        arguments: [
            (["luca/", "luca/a.txt", "luca/data/b.root"], "luca"), (["luca/data/b.root"], "luca"),
            (["a.txt", "luca/b.txt"], nil), (["luca/a.txt", "other/b.txt"], nil), (["a.txt"], nil),
            (["luca/a.txt", "empty/"], nil),
        ])
    func only(paths: [String], folder: String?) {
        #expect(FolderArchive.onlyFolder(of: paths.map(Self.member)) == folder)
    }

    @Test("What macOS packs beside the files is left out")
    func strays() {
        let paths = [
            "._luca", "luca/", "luca/a.txt", "luca/._a.txt", "luca/.DS_Store", "__MACOSX/", "__MACOSX/x", ".b",
        ]
        let (kept, strays) = FolderArchive.sort(paths.map(Self.member))
        #expect(kept.map(\.path) == ["luca", "luca/a.txt", ".b"])
        #expect(strays == ["._luca", "luca/._a.txt", "luca/.DS_Store", "__MACOSX", "__MACOSX/x"])
    }

    @Test(
        "Specs are known by their names",
        arguments: [
            ("global-specs.json", true), ("specs-signal.root.json", true), ("specs-.json", true), ("specs.json", false),
            ("specs-a.txt", false), ("my-specs-a.json", false),
        ])
    func specs(name: String, isSpecs: Bool) {
        #expect(FolderArchive.isSpecs(name) == isSpecs)
    }
}
