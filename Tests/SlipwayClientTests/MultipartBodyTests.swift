import Foundation
import NIOCore
import SlipwayClient
import Testing

@Suite("Multipart body")
struct MultipartBodyTests {
    private func bytes(of body: MultipartBody) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await chunk in body { bytes += chunk.readableBytesView }
        return bytes
    }

    @Test("The body is as RFC 7578 wants it, and as long as it says")
    func layout() async throws {
        try await withFolder { folder in
            let files = try [("config.json", "{}"), ("tra\"in\r\n.py", "print()"), ("empty", "")].map { name, text in
                try UploadFile(path: folder.file(name, Data(text.utf8)))
            }
            let body = MultipartBody(files: files, partName: "files", boundary: "B")
            let text = String(decoding: try await bytes(of: body), as: UTF8.self)
            #expect(
                text == """
                    --B\r
                    Content-Disposition: form-data; name="files"; filename="config.json"\r
                    Content-Type: application/json\r
                    \r
                    {}\r
                    --B\r
                    Content-Disposition: form-data; name="files"; filename="tra%22in%0D%0A.py"\r
                    Content-Type: application/octet-stream\r
                    \r
                    print()\r
                    --B\r
                    Content-Disposition: form-data; name="files"; filename="empty"\r
                    Content-Type: application/octet-stream\r
                    \r
                    \r
                    --B--\r

                    """)
            #expect(Int64(text.utf8.count) == body.length)
        }
    }

    @Test("A large file comes whole, in chunks, and a second time the same")
    func large() async throws {
        try await withFolder { folder in
            let data = Data((0..<1_200_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) })
            let body = MultipartBody(files: [try UploadFile(path: folder.file("big", data))], partName: "files")
            let first = try await bytes(of: body)
            #expect(first.count == Int(body.length))
            #expect(Data(first).range(of: data) != nil)
            #expect(try await bytes(of: body) == first)
        }
    }

    @Test("A file that became shorter is an error, not a body of the wrong length")
    func shrunk() async throws {
        try await withFolder { folder in
            let path = try folder.file("log", Data(count: 2000))
            let body = MultipartBody(files: [try UploadFile(path: path)], partName: "files")
            try Data(count: 10).write(to: URL(fileURLWithPath: path))
            let error = await #expect(throws: ClientError.self) { try await bytes(of: body) }
            #expect(error?.code == .file)
        }
    }

    @Test("Boundaries do not repeat")
    func boundaries() {
        #expect(Set((0..<100).map { _ in MultipartBody.randomBoundary() }).count == 100)
    }

    @Test(
        "Files that do not make a task are refused before anything is sent",
        arguments: [
            (["train.py", "config.json"], ClientError.Code.usage), (["config.json", "train.sh"], .usage),
            (["config.json", "train.py", "sub/train.py"], .usage), (["config.json", "absent.py"], .file),
            (["config.json", "sub"], .file),
        ])
    func refused(names: [String], code: ClientError.Code) async throws {
        try await withFolder { folder in
            for name in ["config.json", "train.py", "train.sh", "sub/train.py"] { _ = try folder.file(name, Data()) }
            let paths = names.map(folder.path(of:))
            let error = #expect(throws: ClientError.self) {
                try Submission(config: paths[0], entrypoint: paths[1], further: Array(paths[2...]))
            }
            #expect(error?.code == code)
        }
    }
}
