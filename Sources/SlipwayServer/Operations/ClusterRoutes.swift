import Hummingbird
import SlipwayAPI
import SlipwayCore
import SlipwayServices

/// What the server runs tasks and models on.
struct ClusterRoutes: RouteRegistration {
    let services: Services

    var endpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/api/v1/clusters",
                EndpointDocumentation(
                    "Clusters", "Each cluster as it last described itself: partitions, nodes, queue, last contact.",
                    answer: .json(ClusterListAnswer(clusters: [Samples.cluster])))
            ) { _, _ in
                try .json(ClusterListAnswer(clusters: await services.clusters.list().map(ClusterAnswer.init)))
            },
            Endpoint(
                .get, "/api/v1/engines",
                EndpointDocumentation(
                    "Models", "The inference engines, and what is missing of them.",
                    answer: .json(Samples.engines))
            ) { _, _ in
                let engines = await services.models.engines().map {
                    EngineListAnswer.Engine(name: $0.name, version: $0.version, problem: $0.problem)
                }
                return try .json(EngineListAnswer(engines: engines))
            },
        ]
    }
}
