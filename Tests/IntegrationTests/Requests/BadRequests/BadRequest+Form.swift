import Foundation
import NIOCore
import SlipwayAPI

extension BadRequest {
    private static let script = Data(TrainingScript.quick.text.utf8)
    private static func config() throws -> Data { try TaskConfig().data() }

    /// Forms that are well written and hold the wrong files.
    static let forms: [BadRequest] = [
        .form("No config", ["no config file", ".json"], at: ["files"]) { $0.add(file: "train.py", script) },
        .form("No script", ["no file that ends in .py came"], at: ["$.script_path"]) {
            $0.add(file: "config.json", try config())
        },
        .form("No file at all", ["no config file"], at: ["files"]) { _ in },
        .form("Two files of one name", ["Two files have the same name", "config.json"], at: ["files"]) {
            $0.add(file: "config.json", try config())
            $0.add(file: "config.json", try config())
            $0.add(file: "train.py", script)
        },
        .form("Two files of one name after their folders are cut off", ["same name", "train.py"], at: ["files"]) {
            $0.add(file: "config.json", try config())
            $0.add(file: "a/train.py", script)
            $0.add(file: "../../train.py", script)
        },
        .form("Two configs", ["2 files that may be the config", "a.json, b.json"], at: ["files"]) {
            $0.add(file: "a.json", try config())
            $0.add(file: "b.json", try config())
            $0.add(file: "train.py", script)
        },
        .form("A script in another language", ["no file that ends in .py came"], at: ["$.script_path"]) {
            $0.add(file: "config.json", try config())
            $0.add(file: "train.sh", script)
        },
        .form("A file name of dots", ["name cannot be used", "is not a file name"], at: ["files"]) {
            $0.add(file: "...", script)
        },
        .form("A file name that is a folder", ["is not a file name"], at: ["files"]) { $0.add(file: "../", script) },
        .form("A file name of nothing", ["is not a file name"], at: ["files"]) { $0.add(file: "", script) },
        .form("A file name with NUL", ["filename", "control character"]) { $0.add(file: "train\u{0}.py", script) },
        .form("A file name with an escape", ["filename", "control character"]) {
            $0.add(file: "train\u{1B}[2J.py", script)
        },
        .form("More parts than allowed", ["more than the 20 parts"], status: 413) { form in
            for number in 1...21 { form.add(file: "\(number).txt", Data("x".utf8)) }
        },
        .form(
            "A part larger than allowed", ["part \"files\"", "longer than the 4194304 bytes"], at: ["files"],
            status: 413
        ) {
            $0.add(file: "config.json", try config())
            $0.add(file: "data.bin", Data(count: 4 << 20 + 1))
        },
        BadRequest(
            name: "A body larger than allowed that does not say its length", status: 413,
            words: ["longer than the 8388608 bytes"]
        ) { server in
            var form = MultipartForm()
            for number in 1...3 { form.add(file: "\(number).bin", Data(count: 3 << 20)) }
            let body = form.body
            let pieces = AsyncThrowingStream<ByteBuffer, any Error> { stream in
                for start in stride(from: 0, to: body.count, by: 1 << 18) {
                    stream.yield(ByteBuffer(bytes: body[start..<min(start + 1 << 18, body.count)]))
                }
                stream.finish()
            }
            return try await server.postStream("/new_task", pieces, contentType: form.contentType, length: nil)
        },
        BadRequest(name: "A field that is not known", words: ["form field that is not known"], paths: ["priority"]) {
            server in
            let form = try MultipartForm.task(TaskConfig(), .quick)
            return try await server.send(
                "POST", "/new_task", body: form.body(withField: "priority", "high"), contentType: form.contentType)
        },
    ]
}
