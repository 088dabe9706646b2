import ArgumentParser
import Foundation
import SlipwayAPI
import SlipwayClient

/// `slipway model pull`.
struct ModelPullCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull", abstract: "Download a model's archive and check its SHA-256.",
        discussion: "The file appears only when it is whole and right.")

    @Argument(help: "The model, as NAME or NAME:VERSION; VERSION is a number or an alias. Without it: default.")
    var model: ModelSelector

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: "Where to write; a folder gets the file NAME-VERSION.tar.gz, as the current one does by default.",
        completion: .file())
    var destination: String = "."

    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws {
        let version = try model.resolved(in: try await session.server.versions(of: model.name).value)
        let path = path(for: version)
        let display = ProgressDisplay("Fetching", total: version.bytes, on: session.terminal)
        do {
            defer { display.ended() }
            try await session.server.pull(version, to: path, progress: display.reached)
        }
        if session.json {
            try session.terminal.write(String(decoding: try WireJSON.encoder().encode(version), as: UTF8.self) + "\n")
        } else {
            try session.terminal.write(
                TerminalText.plain(
                    "\(path): \(version.name):\(version.version), \(ByteCount.text(version.bytes)), "
                        + "SHA-256 \(version.sha256)") + "\n")
        }
    }

    private func path(for version: ModelVersionAnswer) -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: destination, isDirectory: &isFolder), isFolder.boolValue else {
            return destination
        }
        // The server's names hold no slash; should one come, it must not lead elsewhere.
        let bytes = "\(version.name)-\(version.version).tar.gz".utf8.map {
            $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0
        }
        let name = String(decoding: bytes, as: UTF8.self)
        return destination == "." ? name : destination + "/" + name
    }
}
