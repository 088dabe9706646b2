import Crypto
import Foundation
import NIOCore
import SlipwayAPI
import Testing

@Suite("A large file", .sharedServer())
struct LargeFileTests {
    private static let megabytes = 256

    @Test("256 MiB beside the script arrive whole, and the server's memory hardly grows", .timeLimit(.minutes(3)))
    func large() async throws {
        let server = try TestServer.shared()
        // What the first request of all costs is not the file's.
        let small = try await server.post("/new_task?dry_run=true", form: .task(TaskConfig(), .quick))
        #expect(small.status == 200)
        var form = try MultipartForm.task(TaskConfig(), .barren)
        form.add(file: "large.bin", Data())
        let whole = form.body
        let end = try #require(whole.range(of: Data("\r\n--\(form.boundary)--".utf8)))
        let head = ByteBuffer(bytes: whole[..<end.lowerBound])
        let tail = ByteBuffer(bytes: whole[end.lowerBound...])
        let chunk = ByteBuffer(bytes: (0..<1 << 20).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 9) })
        let pieces = Pieces(head: head, chunk: chunk, tail: tail, count: Self.megabytes)
        let length = Int64(head.readableBytes + tail.readableBytes + Self.megabytes << 20)

        let before = try Self.peak(of: server.pid)
        let answer = try await server.postStream("/new_task", pieces, contentType: form.contentType, length: length)
        let after = try Self.peak(of: server.pid)
        let task: TaskAnswer = try answer.decoded(status: 201)
        print("\(Self.megabytes) MiB went through, and the server's peak memory from \(before) to \(after) KiB")
        #expect(after - before < 64 << 10, "the peak went from \(before) to \(after) KiB")

        var hash = SHA256()
        for number in 0..<Self.megabytes { hash.update(data: Data(pieces.piece(number).readableBytesView)) }
        let expected = hash.finalize().map { String(format: "%02x", $0) }.joined()
        let path = "\(server.folder)/tasks/\(task.id)/files/large.bin"
        #expect(try await Command(program: "sha256sum", arguments: [path]).succeed().hasPrefix(expected + " "))
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

/// A form's beginning, a file in pieces of a mebibyte, and the form's end, made as they are asked for.
private struct Pieces: AsyncSequence, Sendable {
    typealias Element = ByteBuffer
    typealias Failure = any Error

    var head: ByteBuffer
    var chunk: ByteBuffer
    var tail: ByteBuffer
    var count: Int

    /// Each piece begins with its number, so that none can stand for another.
    func piece(_ number: Int) -> ByteBuffer {
        var piece = chunk
        piece.setInteger(UInt32(number), at: piece.readerIndex)
        return piece
    }

    func makeAsyncIterator() -> Iterator { Iterator(pieces: self) }

    struct Iterator: AsyncIteratorProtocol {
        let pieces: Pieces
        var next = -1

        mutating func next() async throws -> ByteBuffer? {
            defer { next += 1 }
            switch next {
            case -1: return pieces.head
            case 0..<pieces.count: return pieces.piece(next)
            case pieces.count: return pieces.tail
            default: return nil
            }
        }
    }
}
