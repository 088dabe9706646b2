import Foundation
import Inference
package import Logging
package import ServiceLifecycle
package import SlipwayCore

/// Everything that a wire protocol may call, and the workers behind it.
package struct Services: Sendable {
    package let configuration: Configuration
    package let tasks: TaskService
    package let models: ModelService
    package let clusters: ClusterService
    package let users: UserService
    package let health: HealthService
    package let metrics: ServiceMetrics
    /// To be run beside the server, in this order.
    package let workers: [any Service]

    /// The stores that the use cases work on.
    package struct Stores: Sendable {
        package var tasks: any TaskStore
        package var models: any ModelStore
        package var users: any UserStore
        package var leases: any LeaseStore

        package init(
            tasks: any TaskStore, models: any ModelStore, users: any UserStore, leases: any LeaseStore
        ) {
            self.tasks = tasks
            self.models = models
            self.users = users
            self.leases = leases
        }
    }

    /// Wires the parts; does no input or output.
    ///
    /// - Throws: `SlipwayError` for a template with a fault.
    package init(configuration: Configuration, stores: Stores, logger: Logger) throws {
        let server = ServerID()
        let folders = configuration.folders
        let scripts = try BatchScripts(configuration: configuration)
        let hub = TaskChangeHub(store: stores.tasks, logger: logger)
        let clusters = ClusterService(names: configuration.clusters.keys)
        let engines: [any InferenceEngine] = [ONNXRuntimeEngine(libraryPath: configuration.onnxRuntime)]
        let host = ModelHost(engines: engines, limit: configuration.loadedModels)
        let repository = ModelRepository(folders: folders)
        let calls = configuration.clusters.mapValues { _ in CallCounter() }
        let schedulers = configuration.clusters.mapValues { cluster in
            SlurmScheduler(cluster: cluster, calls: calls[cluster.name] ?? CallCounter())
        }
        self.configuration = configuration
        self.clusters = clusters
        self.tasks = TaskService(
            configuration: configuration, store: stores.tasks,
            submission: TaskSubmission(
                configuration: configuration, store: stores.tasks, models: stores.models, ids: TaskIDGenerator(),
                scripts: scripts),
            scripts: scripts, hub: hub, clusters: clusters, schedulers: schedulers)
        self.models = ModelService(store: stores.models, repository: repository, host: host, engineList: engines)
        self.users = UserService(store: stores.users)
        self.health = HealthService(leases: stores.leases, clusters: clusters, models: models)
        var workers: [any Service] = [
            hub, Heartbeat(leases: stores.leases, server: server, logger: logger),
            Janitor(
                folders: folders, store: stores.tasks, models: stores.models, repository: repository,
                leases: stores.leases, server: server, logger: logger),
            Collector(
                folders: folders, store: stores.tasks, models: stores.models, repository: repository, host: host,
                server: server, bell: hub.workBell(), logger: logger),
        ]
        for (name, cluster) in configuration.clusters {
            guard let scheduler = schedulers[name] else { continue }
            let bell = hub.workBell()
            workers.append(
                Dispatcher(
                    cluster: cluster, folders: folders, store: stores.tasks, scheduler: scheduler, scripts: scripts,
                    bell: bell, logger: logger))
            workers.append(
                Monitor(
                    cluster: cluster, folders: folders, store: stores.tasks, leases: stores.leases,
                    scheduler: scheduler, clusters: clusters, server: server, bell: hub.workBell(),
                    dispatcherBell: bell, logger: logger))
        }
        self.metrics = ServiceMetrics(store: stores.tasks, clusters: clusters, calls: calls)
        self.workers = workers
    }

    /// Creates the folders under the data root.
    package func prepareFolders() async throws {
        let folders = configuration.folders
        try await BlockingIO.run {
            for folder in [folders.datasets, folders.images, folders.incoming, folders.staging] {
                try DurableFiles.createFolder(folder)
            }
        }
    }
}
