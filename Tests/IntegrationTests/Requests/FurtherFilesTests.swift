import Crypto
import Foundation
import SlipwayAPI
import Testing

@Suite("Further files of a request", .sharedServer())
struct FurtherFilesTests {
    @Test("They lie beside the entrypoint, under safe names, and the script imports and reads them")
    func beside() async throws {
        let server = try TestServer.shared()
        let bytes = Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) })
        let files: [String: Data] = [
            "helper.py": Data("ANSWER = 42\n".utf8), "../../../up.bin": bytes,
            #"C:\data\table one.csv"#: Data("1,2\n".utf8),
            "/etc/passwd": Data("no secrets\n".utf8), ".bashrc": Data("echo hidden\n".utf8), "-rf": Data(),
            "ünï 🍷.txt": Data("wine\n".utf8), "$(touch pwned).txt": Data("quiet\n".utf8),
            "second.json": Data("{}".utf8),
        ]
        let script = TrainingScript(
            text: """
                import hashlib, json, os
                import helper
                told = {name: hashlib.sha256(open(name, "rb").read()).hexdigest() for name in os.listdir(".") if os.path.isfile(name)}
                with open(os.path.join(os.environ["SLIPWAY_OUTPUT"], "told.json"), "w") as file:
                    json.dump({"answer": str(helper.ANSWER), **told}, file)
                """)
        let task = try await server.submit(TaskConfig(), script, files: files)
        try await task.until("succeeded")
        var told: [String: String] = try await server.get("\(task.path)/files/attempts/1/output/told.json").decoded()
        #expect(told.removeValue(forKey: "answer") == "42")
        let names = [
            "../../../up.bin": "up.bin", #"C:\data\table one.csv"#: "table one.csv", "/etc/passwd": "passwd",
            ".bashrc": "bashrc", "-rf": "rf",
        ]
        var expected = Dictionary(uniqueKeysWithValues: files.map { (names[$0.key] ?? $0.key, Self.sha256($0.value)) })
        expected["train.py"] = Self.sha256(Data(script.text.utf8))
        #expect(told == expected)
        let listed: TaskFilesAnswer = try await server.get("\(task.path)/files").decoded()
        #expect(Set(listed.files.map(\.path)).isSuperset(of: expected.keys.map { "files/\($0)" }))
        let fetched = try await server.get("\(task.path)/files/files/up.bin")
        #expect(fetched.body == bytes)
    }

    @Test(
        "No path leads out of a task's folder",
        arguments: [
            "..%2F..%2Fslipway.yml", "%2e%2e/%2e%2e/slipway.yml", "files/..%2f..%2f..%2fslipway.yml", "%2Fetc%2Fpasswd",
            "files/%00", "files//train.py/..", "", "files",
        ])
    func traversal(path: String) async throws {
        let server = try TestServer.shared()
        let task = try await server.submit(TaskConfig(), .barren)
        let answer = try await server.get("\(task.path)/files/\(path)")
        #expect(
            path.isEmpty ? answer.status == 200 : [400, 404].contains(answer.status), "\(answer.status): \(answer.text)"
        )
        #expect(!answer.text.contains("data_root"))
        #expect(!answer.text.contains("root:"))
    }

    static func sha256(_ data: Data) -> String { SHA256.hash(data: data).map { String(format: "%02x", $0) }.joined() }
}
