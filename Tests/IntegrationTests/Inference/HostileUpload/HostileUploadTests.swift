import Foundation
import Testing

@Suite("Hostile uploads")
struct HostileUploadTests {
    @Test(
        "Each is refused in the door's own words, nothing is written, memory stays flat, and the server lives",
        arguments: UploadDoor.allCases)
    func refused(at door: UploadDoor) async throws {
        try await withTestServer { server in
            // What the first upload of all costs is not the hostile ones'.
            #expect([200, 201].contains(try await door.send(door.goodArchive, to: server).status))
            let files = try Self.listing(of: server)
            let peak = try Self.peak(of: server.pid)
            var uploads = HostileUpload.all(for: door)
            uploads.append(try await Self.millionMembers(for: door, in: server.folder))
            #expect(uploads.count > 20)
            for upload in uploads {
                let answer = try await door.send(upload.bytes, to: server)
                let words = try door.words(of: answer, to: upload.name)
                #expect(words.contains(upload.words), "\(upload.name): \(words)")
                #expect(!words.contains(server.folder), "\(upload.name) tells where things lie: \(words)")
                #expect(try Self.listing(of: server) == files, "\(upload.name)")
                for folder in ["/tmp", server.environment.serversFolder] {
                    #expect(!FileManager.default.fileExists(atPath: folder + "/slipway-escaped"), "\(upload.name)")
                }
            }
            let growth = try Self.peak(of: server.pid) - peak
            print(
                "\(uploads.count) hostile uploads to \(door.rawValue): the server's peak memory grew by \(growth) KiB")
            #expect(growth < 64 << 10, "the peak grew by \(growth) KiB")
            #expect(try await server.get("/healthz").status == 200)
            #expect([200, 201].contains(try await door.send(door.goodArchive, to: server).status))
            #expect(try await door.newestVersion(on: server) == 2)
        }
    }

    /// An archive of a million empty files.
    private static func millionMembers(for door: UploadDoor, in folder: String) async throws -> HostileUpload {
        let path = folder + "/million"
        try script.write(toFile: path + ".py", atomically: true, encoding: .utf8)
        _ = try await Command(
            program: "python3", arguments: [path + ".py", door.takesZip ? "zip" : "tar", path]
        ).succeed(within: .seconds(120))
        defer { for name in [path, path + ".py"] { try? FileManager.default.removeItem(atPath: name) } }
        return HostileUpload(
            name: "a million members", words: "more than the \(door.maximumMembers) files",
            bytes: try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    private static let script = """
        import struct, sys, zlib

        kind, path = sys.argv[1:]
        count = 1_000_000
        with open(path, "wb") as file:
            if kind == "tar":
                deflate = zlib.compressobj(1, zlib.DEFLATED, 31)
                tail = b"0000644\\0" + b"0000000\\0" * 2 + b"00000000000\\0" * 2
                rest = b"0" + bytes(100) + b"ustar\\x0000" + bytes(247)
                fixed = sum(tail) + sum(rest) + 8 * 32
                for number in range(count):
                    name = b"hostile/%07d" % number
                    total = fixed + sum(name)
                    file.write(deflate.compress(
                        name + bytes(100 - len(name)) + tail + b"%06o\\0 " % total + rest))
                file.write(deflate.compress(bytes(1024)) + deflate.flush())
            else:
                names = [b"%07d" % number for number in range(count)]
                common = struct.pack("<5H3L2H", 20, 2048, 0, 0, 0x21, 0, 0, 0, 7, 0)
                for name in names:
                    file.write(b"PK\\3\\4" + common + name)
                start = file.tell()
                for number, name in enumerate(names):
                    file.write(b"PK\\1\\2" + struct.pack("<H", 0x314) + common
                               + struct.pack("<3H2L", 0, 0, 0, 0o100644 << 16, number * 37) + name)
                end = file.tell()
                file.write(b"PK\\6\\6" + struct.pack("<Q2H2L4Q", 44, 45, 45, 0, 0, count, count, end - start, start))
                file.write(b"PK\\6\\7" + struct.pack("<LQL", 0, end, 1))
                file.write(b"PK\\5\\6" + struct.pack("<4H2LH", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0))
        """

    /// Paths and sizes of all that lies under the data root, but for the database and the server's log.
    private static func listing(of server: TestServer) throws -> [String: UInt64] {
        var found: [String: UInt64] = [:]
        let walk = FileManager.default.enumerator(atPath: server.folder)
        while let path = walk?.nextObject() as? String {
            if ["postgres", "server.log", "server.out"].contains(path.split(separator: "/").first ?? "") { continue }
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(server.folder)/\(path)")
            let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
            found[path] = isFolder ? 0 : attributes[.size] as? UInt64
        }
        return found
    }

    /// Peak of a process's resident memory, in KiB.
    private static func peak(of pid: pid_t) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
        guard let value = status.firstMatch(of: /VmHWM:\s+(\d+) kB/).flatMap({ Int($0.output.1) }) else {
            throw TestFailure("no VmHWM in:\n\(status)")
        }
        return value
    }
}
