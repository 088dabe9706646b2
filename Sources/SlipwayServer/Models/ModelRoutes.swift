import Foundation
import HTTPTypes
import Hummingbird
import SlipwayAPI
import SlipwayCore
import SlipwayServices

/// `/api/v1/models`.
struct ModelRoutes: RouteRegistration {
    let services: Services
    var models: ModelService { services.models }

    var endpoints: [Endpoint] { readingEndpoints + changingEndpoints + settingsEndpoints }

    private var readingEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/api/v1/models",
                EndpointDocumentation(
                    "Models", "Every model of the repository.",
                    answer: .json(ModelListAnswer(models: [Samples.summary])))
            ) { _, _ in
                let summaries = try await models.list().map { model in
                    ModelListAnswer.Summary(
                        name: model.newest.name, versions: model.versionCount, defaultVersion: model.defaultVersion,
                        newest: ModelVersionAnswer(model.newest))
                }
                return try .json(ModelListAnswer(models: summaries))
            },
            Endpoint(
                .get, "/api/v1/models/{name}",
                EndpointDocumentation(
                    "Models", "The versions and aliases of one model, the newest first.",
                    answer: .json(Samples.versions))
            ) { call, _ in
                let name = try call.parameter("name")
                let versions = try await models.versions(of: name)
                var aliases: [String: Int] = [:]
                for version in versions { for alias in version.aliases { aliases[alias] = version.version } }
                return try .json(
                    ModelVersionListAnswer(
                        name: name, versions: versions.map(ModelVersionAnswer.init), aliases: aliases))
            },
            Endpoint(
                .get, "/api/v1/models/{name}/versions/{version}",
                EndpointDocumentation(
                    "Models", "One version, by its number or an alias.", answer: .json(Samples.version))
            ) { call, _ in
                let version = try await version(call)
                var answer = ModelVersionAnswer(version)
                answer.metrics = try await models.metrics(of: version).flatMap {
                    try? JSONDecoder().decode(JSONValue.self, from: $0)
                }
                return try .json(answer)
            },
            Endpoint(
                .get, "/api/v1/models/{name}/versions/{version}/archive",
                EndpointDocumentation(
                    "Models", "The version's files as model.tar.gz; its ETag is the SHA-256.",
                    parameters: [
                        .header(.range, "Bytes of the archive."), .header(.ifNoneMatch, "An ETag: 304 if unchanged."),
                    ],
                    answer: .other("application/gzip"))
            ) { call, _ in
                let version = try await version(call)
                var file = try await models.archive(version)
                file.name = "\(version.name)-\(version.version).tar.gz"
                return try .file(
                    file, for: call.request, contentType: "application/gzip", tag: version.sha256, isDownload: true)
            },
        ]
    }

    private func version(_ call: Call) async throws -> ModelVersion {
        try await models.version(call.parameter("version"), of: call.parameter("name"))
    }
}
