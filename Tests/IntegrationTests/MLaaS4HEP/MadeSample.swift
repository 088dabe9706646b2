import Foundation
import SlipwayAPI

/// The folder of signal and background that `docs/examples/hep/make_sample.py` writes, made in the image that trains.
struct MadeSample: Sendable {
    let folder: String
    private let environment: TestEnvironment

    /// Makes the sample; it lies in a folder of the server's, and goes with it.
    init(events: Int, for server: TestServer) async throws {
        environment = server.environment
        folder = server.folder + "/sample"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        _ = try await run(
            ["\(Self.program(environment))/make_sample.py", folder, "--events", "\(events)"], binding: [])
    }

    static func program(_ environment: TestEnvironment) -> String { "\(environment.repository)/docs/examples/hep" }

    /// Runs a program of Python in the image, where it sees the sample, what makes it, and further folders.
    func run(
        _ arguments: [String], binding folders: [String], variables: [String: String] = [:]
    ) async throws -> String {
        let program = Self.program(environment)
        let binds = ["\(folder):\(folder)", "\(program):\(program):ro"] + folders.map { "\($0):\($0):ro" }
        var further = ["PATH": environment.path]
        // In the environment, not among the arguments: a token is one of them.
        for (name, value) in variables { further["SINGULARITYENV_\(name)"] = value }
        return try await Command(
            program: "singularity",
            arguments: ["--quiet", "exec", "--containall", "--no-home"] + binds.flatMap { ["--bind", $0] } + [
                "\(environment.images)/hep_latest.sif", "python3",
            ] + arguments, environment: further
        ).succeed(within: .seconds(300))
    }

    /// Writes a file beside the sample's.
    func write(_ name: String, _ text: String) throws {
        try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    }

    /// A file of parameters: the sample's own with changes.
    func writeParameters(_ name: String, _ changes: [String: Any]) throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/params_local.json"))
        var parameters = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
        parameters.merge(changes) { $1 }
        try JSONSerialization.data(withJSONObject: parameters).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }

    /// Packs the folder and uploads it at MLaaS4HEP's door.
    func upload(to server: TestServer, as name: String) async throws {
        let archive = server.folder + "/\(name).tar.gz"
        _ = try await Command(
            program: "/usr/bin/tar", arguments: ["-czf", archive, "-C", server.folder, "sample"]
        ).succeed(within: .seconds(120))
        var form = MultipartForm()
        form.add(
            file: "sample.tar.gz", try Data(contentsOf: URL(fileURLWithPath: archive)), part: "file",
            type: "application/gzip")
        let answer = try await server.post("/mlaas4hep/upload?name=\(name)", form: form)
        guard answer.status == 200 else { throw TestFailure("the upload is answered \(answer.status): \(answer.text)") }
    }
}

extension TestServer {
    /// Submits a process of a made sample; returns its name.
    ///
    /// - Parameter changes: Members of the submission that differ from the usual ones.
    func submitSample(_ name: String, _ changes: [String: String] = [:]) async throws -> String {
        let usual = [
            "files": "files_local.txt", "labels": "labels_local.txt", "model": "ex_keras_model.py",
            "params": "params_local.json",
        ]
        let members = usual.merging(changes) { $1 }.mapValues { "\"\($0)\"" }
        let answer = try await post("/mlaas4hep/submit", json: TrainingFolder.request(name, members))
        if answer.status == 200 {
            let members = try answer.object()
            if case .string(let process)? = members["process_name"] { return process }
        }
        throw TestFailure("the submission is answered \(answer.status): \(answer.text)")
    }
}
