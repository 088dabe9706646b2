import ArchiveSamples
import Foundation

/// An archive that must not be taken.
struct HostileUpload: Sendable {
    var name: String
    /// What the refusal must speak of.
    var words: String
    var bytes: Data

    /// A member, as both kinds of archive can hold it.
    private struct Member {
        var path: [UInt8]
        var content: [UInt8] = [1]
        /// Tar's type, and zip's `st_mode`.
        var type: (tar: Character, mode: UInt16) = ("0", 0o100644)
        var link = ""

        init(_ path: String, type: (tar: Character, mode: UInt16) = ("0", 0o100644), link: String = "") {
            self.init(raw: Array(path.utf8), type: type, link: link)
        }

        init(raw path: [UInt8], type: (tar: Character, mode: UInt16) = ("0", 0o100644), link: String = "") {
            self.path = path
            self.type = type
            self.link = link
        }
    }

    private static let folder: (Character, UInt16) = ("5", 0o040755)
    private static let symlink: (Character, UInt16) = ("2", 0o120777)

    private static let members: [(name: String, words: String, members: [Member])] = [
        ("absolute path", "absolute", [Member("/tmp/slipway-escaped")]),
        ("parent path", "..", [Member("../slipway-escaped")]),
        ("parent path inside", "..", [Member("hostile/../../../slipway-escaped")]),
        ("parent path at the end", "..", [Member("hostile/..", type: folder)]),
        ("symbolic link out", "link", [Member("hostile/out", type: symlink, link: "/etc/passwd")]),
        (
            "symbolic link out and back", "link",
            [Member("hostile/out", type: symlink, link: "/tmp"), Member("hostile/out/slipway-escaped")]
        ),
        ("symbolic link to itself", "link", [Member("hostile/out", type: symlink, link: "out")]),
        ("character device", "device", [Member("hostile/null", type: ("3", 0o020666))]),
        ("block device", "device", [Member("hostile/disk", type: ("4", 0o060666))]),
        ("name that is not UTF-8", "cannot be used", [Member(raw: Array("hostile/caf".utf8) + [0xE9])]),
        ("overlong UTF-8", "cannot be used", [Member(raw: Array("hostile/".utf8) + [0xC0, 0xAE, 0xC0, 0xAE])]),
        ("half a surrogate", "cannot be used", [Member(raw: Array("hostile/".utf8) + [0xED, 0xA0, 0x80])]),
        ("line feed in a name", "control", [Member("hostile/a\nb")]),
        ("escape in a name", "control", [Member("hostile/\u{1B}]0;owned\u{7}")]),
        ("right-to-left override", "cannot be seen", [Member("hostile/model\u{202E}xnno")]),
        ("backslashes", "..", [Member("..\\..\\slipway-escaped")]),
        ("name that ends with a dot", "dot or a space", [Member("hostile/model.")]),
        ("name that ends with a space", "dot or a space", [Member("hostile/model ")]),
        ("names that differ in case", "case", [Member("hostile/Model"), Member("hostile/model")]),
        ("names that differ in form", "twice", [Member("hostile/caf\u{E9}"), Member("hostile/cafe\u{301}")]),
        ("same name twice", "twice", [Member("hostile/x"), Member("hostile/x")]),
        ("same name written otherwise", "twice", [Member("hostile/x"), Member("./hostile//x")]),
        ("file as a folder", "stands below", [Member("hostile/x"), Member("hostile/x/y")]),
        ("folder as a file", "below it", [Member("hostile/x/y"), Member("hostile/x")]),
        ("deep nesting", "deep", [Member("hostile/" + String(repeating: "d/", count: 60) + "x")]),
        ("long name", "too long", [Member("hostile/" + String(repeating: "n", count: 300))]),
        ("long path", "too long", [Member("hostile/" + String(repeating: "abcdefgh/", count: 1000) + "x")]),
        ("nothing but folders", "no file", []),
    ]

    /// Every archive that a door must refuse.
    static func all(for door: UploadDoor) -> [HostileUpload] {
        let common = members.map { entry in
            HostileUpload(
                name: entry.name, words: entry.words, bytes: door.takesZip ? zip(entry.members) : tar(entry.members))
        }
        let good = door.goodArchive
        let broken = [
            HostileUpload(name: "cut off", words: "cut off", bytes: good.dropLast(5)),
            HostileUpload(name: "cut in half", words: "cut off", bytes: good.prefix(good.count / 2)),
            HostileUpload(
                name: "wrong magic", words: " archive", bytes: Data("#!/bin/sh\ntouch /tmp/slipway-escaped\n".utf8)),
            HostileUpload(name: "one empty byte", words: " archive", bytes: Data([0])),
        ]
        return common + broken + (door.takesZip ? zips : tars)
    }

    private static func tar(_ members: [Member]) -> Data {
        var tar = TarBuilder()
        tar.add("hostile/", type: "5", mode: 0o755)
        for member in members {
            if member.path.count > 100 { tar.addExtended([("path", member.path)]) }
            tar.add(
                rawPath: member.path.count > 100 ? Array("x".utf8) : member.path,
                member.type.tar == "0" ? member.content : [], type: member.type.tar, link: member.link)
        }
        return Data(Gzip.stored(tar.finished))
    }

    private static func zip(_ members: [Member]) -> Data {
        var zip = ZipBuilder()
        zip.add("hostile/", mode: 0o040755)
        for member in members {
            let isFolder = member.type.mode & 0o170000 == 0o040000
            zip.add(
                rawPath: member.path + (isFolder ? [UInt8(ascii: "/")] : []),
                isFolder ? [] : member.link.isEmpty ? member.content : Array(member.link.utf8), mode: member.type.mode)
        }
        return Data(zip.finished)
    }

    /// What only tar can do.
    private static var tars: [HostileUpload] {
        func archive(_ name: String, _ words: String, _ build: (inout TarBuilder) -> Void) -> HostileUpload {
            var tar = TarBuilder()
            tar.add("hostile/good", [1])
            build(&tar)
            return HostileUpload(name: name, words: words, bytes: Data(Gzip.stored(tar.finished)))
        }
        var bomb = TarBuilder()
        bomb.add("hostile/zeros", size: 64 << 20)
        return [
            // A zip's pipe is a file to libarchive, and harmless.
            archive("pipe", "pipe") { $0.add("hostile/x", type: "6") },
            archive("hard link", "link") { $0.add("hostile/x", type: "1", link: "hostile/good") },
            archive("hard link out", "link") { $0.add("hostile/x", type: "1", link: "/etc/passwd") },
            archive("absolute path in an extended header", "absolute") {
                $0.addExtended([("path", Array("/tmp/slipway-escaped".utf8))])
                $0.add("hostile/x")
            },
            archive("link in an extended header", "link") {
                $0.addExtended([("linkpath", Array("/etc/passwd".utf8))])
                $0.add("hostile/x", type: "2", link: "y")
            },
            archive("parent path in a long name", "..") {
                $0.add("././@LongLink", Array("hostile/../../../slipway-escaped".utf8) + [0], type: "L")
                $0.add("hostile/x")
            },
            archive("empty name", "empty path") { $0.add("") },
            archive("size that is not there", "cannot be read") { $0.add("hostile/x", [1], size: 1 << 30) },
            archive("negative size in an extended header", "negative") {
                $0.addExtended([("size", Array("-1".utf8))])
                $0.add("hostile/x", [1])
            },
            archive("sparse file", "sparse") {
                $0.addExtended([
                    ("GNU.sparse.major", Array("0".utf8)), ("GNU.sparse.minor", Array("1".utf8)),
                    ("GNU.sparse.size", Array("1099511627776".utf8)), ("GNU.sparse.map", Array("0,512".utf8)),
                ])
                $0.add("hostile/x", [UInt8](repeating: 1, count: 512))
            },
            HostileUpload(
                name: "compressed twice", words: "no tar.gz archive",
                bytes: Data(Gzip.stored(Gzip.stored(bomb.finished)))),
            HostileUpload(
                name: "bomb", words: "times its own size", bytes: Data(Gzip.bomb(bomb.bytes, zeros: 64 << 20))),
        ]
    }

    /// What only zip can do.
    private static var zips: [HostileUpload] {
        func archive(_ name: String, _ words: String, _ build: (inout ZipBuilder) -> Void) -> HostileUpload {
            var zip = ZipBuilder()
            zip.add("hostile/good", [1])
            build(&zip)
            return HostileUpload(name: name, words: words, bytes: Data(zip.finished))
        }
        return [
            archive("bomb", "times its own size") { $0.add("hostile/zeros", zeros: 64 << 20) },
            archive("password", "encrypted") { $0.add("hostile/x", [1, 2, 3], isEncrypted: true) },
            archive("size that is not there", "cannot be read") { $0.add("hostile/x", [1], size: 1 << 30) },
            archive("empty name", "empty path") { $0.add("") },
        ]
    }
}
