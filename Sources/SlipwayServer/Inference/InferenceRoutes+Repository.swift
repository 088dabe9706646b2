import HTTPTypes
import Hummingbird
import Inference
import NIOCore
import OpenInference
import SlipwayCore
import SlipwayServices

extension InferenceRoutes {
    /// Bytes that a request of the repository extension may have.
    private static let requestLimit = 1 << 20

    var repositoryEndpoints: [Endpoint] {
        [
            Endpoint(
                .post, "/v2/repository/index",
                EndpointDocumentation(
                    "Inference", "Every version of every model, and whether it can be run.",
                    body: .init("application/json", curl: "-d '{\"ready\": true}'"), answer: .other("application/json"))
            ) { call, _ in
                let request = try RepositoryRequest.parse(await call.request.body.collect(upTo: Self.requestLimit))
                let entries = try await index()
                return .openInference {
                    RepositoryIndex(entries.filter { $0.isReady || !request.onlyReady }).write(into: &$0)
                }
            },
            Endpoint(
                .post, "/v2/repository/models/{name}/load",
                EndpointDocumentation(
                    "Inference", "Loads a model's default version into memory, before its first request does.",
                    answer: .other(""))
            ) { call, user in
                let request = try RepositoryRequest.parse(await call.request.body.collect(upTo: Self.requestLimit))
                try request.refuseOverrides()
                try await models.load(version(call), as: user)
                return Response(status: .ok)
            },
            Endpoint(
                .post, "/v2/repository/models/{name}/unload",
                EndpointDocumentation(
                    "Inference", "Lets all versions of a model leave memory; the next request loads its own again.",
                    answer: .other(""))
            ) { call, user in
                _ = try RepositoryRequest.parse(await call.request.body.collect(upTo: Self.requestLimit))
                try await models.unload(call.parameter("name"), as: user)
                return Response(status: .ok)
            },
        ]
    }

    private func index() async throws -> [RepositoryIndex.Entry] {
        var versions: [ModelVersion] = []
        for model in try await models.list() { versions += try await models.versions(of: model.newest.name) }
        var entries: [RepositoryIndex.Entry] = []
        for (version, state) in zip(versions, models.states(of: versions)) {
            let problem = try await models.problem(of: version, state: state, isTried: false)
            entries.append(
                RepositoryIndex.Entry(
                    name: version.name, version: "\(version.version)", isReady: problem == nil,
                    reason: problem ?? Self.remark(state)))
        }
        return entries
    }

    /// What is to be known of a version that can be run.
    private static func remark(_ state: ModelState?) -> String {
        switch state {
        case .ready: ""
        case .loading: "on its way into memory"
        case .unloading, .failed, nil: "not in memory; its next request loads it"
        }
    }
}
