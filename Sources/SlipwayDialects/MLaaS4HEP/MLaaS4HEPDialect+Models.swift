import HTTPTypes
import Hummingbird
import SlipwayCore
import SlipwayServer
import SlipwayServices

extension MLaaS4HEPDialect {
    /// The models that processes leave.
    var modelEndpoints: [Endpoint] {
        let process = EndpointDocumentation.Parameter.query("process_name", "As submit answered it, such as luca_1.")
        return [
            endpoint(
                .get, "/model",
                EndpointDocumentation(
                    Self.group,
                    "A process's model as a .tar.gz: the one that it left, or while it runs what it has so far.",
                    parameters: [process], answer: .other("application/gzip")),
                respond: model),
            endpoint(
                .post, "/setup_tfaas",
                EndpointDocumentation(
                    Self.group,
                    "Adds a file to a process's model, or replaces the one of its name: the model's next version.",
                    parameters: [process], body: .init("multipart/form-data", curl: "-F file=@labels.txt"),
                    answer: .other("text/plain")),
                respond: setUp),
        ]
    }

    @Sendable private func model(_ call: Call, _ user: User) async throws -> Response {
        let (process, task) = try await process(of: call, for: user)
        let name = "\(process.name).tar.gz"
        if let (file, digest) = try await published(task, name: name) {
            return try .file(file, for: call.request, contentType: "application/gzip", tag: digest, isDownload: true)
        }
        guard let file = try await services.tasks.packedModel(of: task, name: name) else {
            throw Problem(
                .notFound,
                task.state.isFinal
                    ? "The process “\(process.name)” has left no model: \(task.message ?? task.state.rawValue)"
                    : "The process “\(process.name)” has no model yet: it is \(task.state.rawValue).")
        }
        return try .file(file, for: call.request, contentType: "application/gzip", isDownload: true)
    }

    /// The very version that the process left, and its SHA-256; nil where it is not in the repository.
    private func published(_ task: MLTask, name: String) async throws -> (StoredFile, String)? {
        guard let model = task.model else { return nil }
        do {
            let version = try await services.models.version("\(model.version)", of: model.name)
            guard version.sha256 == model.sha256 else { return nil }
            var file = try await services.models.archive(version)
            file.name = name
            return (file, version.sha256)
        } catch let error as SlipwayError where error.code == .notFound {
            return nil
        }
    }

    @Sendable private func setUp(_ call: Call, _ user: User) async throws -> Response {
        try FileForm.check(call)
        let (process, task) = try await process(of: call, for: user)
        guard let model = task.model else {
            throw Problem(
                .conflict,
                "The process “\(process.name)” has no model in the repository; it is \(task.state.rawValue).")
        }
        let revision = try await services.models.beginRevision(of: model.name, as: user)
        do {
            try await FileForm.receive(
                call, limits: services.configuration.limits,
                begin: { try await revision.beginFile($0, field: "file") }, write: { try await revision.write($0) },
                end: { try await revision.end() })
            _ = try await revision.publish()
        } catch {
            await revision.discard()
            throw error
        }
        return .text("Successfully uploaded!\n")
    }
}
