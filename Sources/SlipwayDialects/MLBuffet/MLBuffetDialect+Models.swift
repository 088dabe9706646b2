import Foundation
import HTTPTypes
import Hummingbird
import SlipwayAPI
import SlipwayCore
import SlipwayServer
import SlipwayServices

extension MLBuffetDialect {
    var modelEndpoints: [Endpoint] {
        let path = "/api/v1/models/{tag}"
        let described = EndpointDocumentation.Body("application/json", curl: "-d '{\"model_description\": \"Iris\"}'")
        return [
            endpoint(
                .get, "/api/v1/models",
                EndpointDocumentation(
                    Self.group, "The tags of all models.",
                    answer: .json(MLBuffetAnswer(members: ["model_list": ["iris.onnx"], "tag_list": ["iris.onnx"]])))
            ) { _, _ in
                let names = try await services.models.list().map(\.newest.name)
                return try MLBuffetAnswer(members: ["model_list": names, "tag_list": names]).response()
            },
            endpoint(
                .get, "/api/v1/models/information",
                EndpointDocumentation(
                    Self.group, "All models with their descriptions.",
                    answer: .json(
                        MLBuffetAnswer(members: ["model_list": [["model": "iris.onnx", "description": "Iris"]]])))
            ) { _, _ in
                var list: [[String: String]] = []
                for model in try await services.models.list() {
                    list.append(["model": model.newest.name, "description": try await description(of: model)])
                }
                return try MLBuffetAnswer(members: ["model_list": list]).response()
            },
            endpoint(
                .get, path,
                EndpointDocumentation(
                    Self.group, "A model's inputs, outputs and description.", answer: .json(MLBuffetInformation.sample)),
                respond: information),
            endpoint(
                .get, path + "/information",
                EndpointDocumentation(
                    Self.group, "All versions of a tag.", answer: .json(MLBuffetVersions.sample)),
                respond: versions),
            endpoint(
                .put, path + "/information",
                EndpointDocumentation(
                    Self.group, "Edits a description.", body: described, answer: .json(MLBuffetAnswer())),
                respond: describe),
            endpoint(
                .get, path + "/download",
                EndpointDocumentation(
                    Self.group, "The model's file; an archive where it has several.",
                    answer: .other("application/octet-stream")),
                respond: download),
            endpoint(
                .post, path + "/default",
                EndpointDocumentation(
                    Self.group, "Makes a version the one that the tag alone means.",
                    body: .init("application/json", curl: "-d '{\"default\": 2}'"), answer: .json(MLBuffetAnswer())),
                respond: setDefault),
            endpoint(
                .delete, path,
                EndpointDocumentation(
                    Self.group, "Removes a tag with all versions, or with TAG:N one of them.",
                    answer: .json(MLBuffetAnswer(.ok, "iris.onnx removed"))),
                respond: delete),
        ]
    }

    /// Runs what needs a model; one that is not there is told in the old server's words.
    func known<Value>(_ tag: ModelTag, _ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as SlipwayError where error.code == .notFound {
            throw Problem(
                .notFound,
                "\(tag.text.prefix(150)) does not exist. Visit GET \(prefix)/api/v1/models for a list of available models"
            )
        }
    }

    private func version(_ tag: ModelTag) async throws -> ModelVersion {
        try await known(tag) { try await services.models.version(tag.selector, of: tag.name) }
    }

    private func description(of model: ModelSummary) async throws -> String {
        let name = model.newest.name
        if let own = try await services.models.description(of: name) { return own }
        // A model that is being removed at this moment has no version to describe.
        return (try? await services.models.version(nil, of: name))?.description ?? ""
    }

    @Sendable private func information(_ call: Call, _ user: User) async throws -> Response {
        let tag = try ModelTag(call)
        let version = try await version(tag)
        let signature = try? await services.models.signature(of: version)
        let own = tag.selector == nil ? try await services.models.description(of: version.name) : nil
        let information = MLBuffetInformation(version, signature: signature, description: own)
        return try MLBuffetAnswer(members: information).response()
    }

    @Sendable private func versions(_ call: Call, _ user: User) async throws -> Response {
        let tag = try ModelTag(call)
        let versions = try await known(tag) { try await services.models.versions(of: tag.name) }
        var list: [String: MLBuffetVersions.Version] = [:]
        for version in versions {
            let file = try await services.models.mainFile(of: version)
            list[String(version.version)] = MLBuffetVersions.Version(version, file: file, prefix: prefix)
        }
        let served = versions.first { $0.aliases.contains("default") }?.version
        return try MLBuffetAnswer(members: MLBuffetVersions(versions: list, defaultVersion: served.map(String.init)))
            .response()
    }

    @Sendable func describe(_ call: Call, _ user: User) async throws -> Response {
        let tag = try ModelTag(call)
        let body = try await jsonObject(call, "No json data provided {model_description:string}")
        guard let value = body["model_description"] else {
            throw Problem.unprocessable("No model_description provided")
        }
        guard case .string(let text) = value else {
            throw Problem.unprocessable("model_description must be a string")
        }
        let version = tag.selector == nil ? nil : try await version(tag).version
        try await known(tag) {
            try await services.models.describe(name: tag.name, version: version, description: text, as: user)
        }
        return try MLBuffetAnswer().response()
    }

    @Sendable private func download(_ call: Call, _ user: User) async throws -> Response {
        let version = try await version(ModelTag(call))
        let files = try await services.models.files(of: version)
        if files.count == 1, let file = try await services.models.file(files[0], of: version) {
            return try .file(
                file, for: call.request, contentType: "application/octet-stream", tag: version.sha256, isDownload: true)
        }
        return try .file(
            try await services.models.archive(version), for: call.request, contentType: "application/gzip",
            tag: version.sha256, isDownload: true)
    }

    @Sendable private func setDefault(_ call: Call, _ user: User) async throws -> Response {
        let tag = try ModelTag(call)
        let body = try await jsonObject(call, "No json data provided {default:string}")
        guard let value = body["default"] else { throw Problem.unprocessable("No default value provided") }
        guard case .integer(let number) = value, let version = Int(exactly: number) else {
            throw Problem.unprocessable("Default value must be an integer")
        }
        try await known(ModelTag("\(tag.name):\(version)")) {
            try await services.models.setAlias("default", of: tag.name, to: version, as: user)
        }
        return try MLBuffetAnswer(.ok, "The tag \(tag.name) with the version \(version) has been set as default")
            .response()
    }

    @Sendable private func delete(_ call: Call, _ user: User) async throws -> Response {
        let tag = try ModelTag(call)
        let version = tag.selector == nil ? nil : try await version(tag).version
        _ = try await known(tag) { try await services.models.delete(name: tag.name, version: version, as: user) }
        return try MLBuffetAnswer(.ok, "\(tag.text) removed").response()
    }
}
