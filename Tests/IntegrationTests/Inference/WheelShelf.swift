import Foundation

/// A folder with a package for pip, and a `pip.conf` that knows no other place: no network is needed.
struct WheelShelf: Sendable {
    static let module = "slipway_greeting"
    static let requirement = "slipway-greeting==1.0"
    static let greeting = "hello from a wheel"

    let folder: String
    var pipConfig: String { folder + "/pip.conf" }

    init() async throws {
        folder = try await ServerTemplate.shared.nextFolder()
        let information = "\(Self.module)-1.0.dist-info"
        try FileManager.default.createDirectory(
            atPath: "\(folder)/\(information)", withIntermediateDirectories: true)
        let files = [
            "pip.conf": "[global]\nno-index = true\nfind-links = \(folder)\n",
            "\(Self.module).py": "greeting = \"\(Self.greeting)\"\n",
            "\(information)/METADATA": "Metadata-Version: 2.1\nName: slipway-greeting\nVersion: 1.0\n",
            "\(information)/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            "\(information)/RECORD": "",
        ]
        for (name, text) in files {
            try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
        }
        _ = try await Command(
            program: "/usr/bin/python3",
            arguments: [
                "-m", "zipfile", "-c", "\(Self.module)-1.0-py3-none-any.whl", "\(Self.module).py", information,
            ],
            folder: folder
        ).succeed()
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }
}
