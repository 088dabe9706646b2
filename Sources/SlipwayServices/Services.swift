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
    package let training: TrainingService
    package let bulk: BulkService
    package let workflows: WorkflowService
    package let predictions: PredictionService
    package let clusters: ClusterService
    package let users: UserService
    package let health: HealthService
    package let webhooks: WebhookService
    package let metrics: ServiceMetrics
    /// To be run beside the server, in this order.
    package let workers: [any Service]

    /// The stores that the use cases work on.
    package struct Stores: Sendable {
        package var tasks: any TaskStore
        package var models: any ModelStore
        package var users: any UserStore
        package var leases: any LeaseStore
        package var webhooks: any WebhookStore
        package var retention: any RetentionStore
        package var folders: any FolderStore

        package init(
            tasks: any TaskStore, models: any ModelStore, users: any UserStore, leases: any LeaseStore,
            webhooks: any WebhookStore, retention: any RetentionStore, folders: any FolderStore
        ) {
            self.tasks = tasks
            self.models = models
            self.users = users
            self.leases = leases
            self.webhooks = webhooks
            self.retention = retention
            self.folders = folders
        }
    }

    /// Wires the parts; does no input or output.
    ///
    /// - Throws: `SlipwayError` for a template with a fault.
    package init(configuration: Configuration, stores: Stores, faults: Faults, logger: Logger) throws {
        let server = ServerID()
        let folders = configuration.folders
        let scripts = try BatchScripts(configuration: configuration)
        let grid = GridService(clusters: configuration.clusters)
        let hub = TaskChangeHub(store: stores.tasks, logger: logger)
        let clusters = ClusterService(names: configuration.clusters.keys)
        let engines: [any InferenceEngine] = [
            ONNXRuntimeEngine(libraryPath: configuration.onnxRuntime),
            TensorFlowEngine(libraryPath: configuration.tensorFlow),
        ]
        let host = ModelHost(engines: engines, budget: configuration.modelMemory)
        let repository = ModelRepository(folders: folders, server: server)
        let calls = configuration.clusters.mapValues { _ in CallCounter() }
        let schedulers = configuration.clusters.mapValues { cluster in
            SlurmScheduler(cluster: cluster, calls: calls[cluster.name] ?? CallCounter())
        }
        self.configuration = configuration
        self.clusters = clusters
        self.tasks = TaskService(
            configuration: configuration, server: server, store: stores.tasks,
            submission: TaskSubmission(
                configuration: configuration, store: stores.tasks, models: stores.models, ids: TaskIDGenerator(),
                scripts: scripts, grid: grid, faults: faults),
            scripts: scripts, hub: hub, clusters: clusters, schedulers: schedulers, faults: faults)
        let catalog = ModelCatalog(store: stores.models, host: host, logger: logger)
        self.models = ModelService(
            store: stores.models, catalog: catalog, removals: stores.retention, repository: repository, host: host,
            engineList: engines)
        self.predictions = PredictionService(models: models)
        let directory = UserDirectory(store: stores.users, logger: logger)
        self.training = TrainingService(configuration: configuration, tasks: tasks)
        self.bulk = BulkService(configuration: configuration, tasks: tasks, models: models)
        let folderRepository = FolderRepository(folders: folders, server: server)
        let retirement = FolderRetirement(
            store: stores.folders, repository: folderRepository, faults: faults, logger: logger)
        self.workflows = WorkflowService(
            configuration: configuration, store: stores.folders, models: stores.models, tasks: tasks,
            repository: folderRepository, retirement: retirement, faults: faults)
        self.users = UserService(store: stores.users, directory: directory)
        self.webhooks = WebhookService(store: stores.webhooks)
        let tally = WebhookTally()
        self.health = HealthService(leases: stores.leases, clusters: clusters, models: models, grid: grid)
        let janitorBell = HintBell()
        let retentionBell = HintBell()
        var workers: [any Service] = [
            hub, catalog, directory, Heartbeat(leases: stores.leases, server: server, logger: logger),
            Janitor(
                folders: folders, store: stores.tasks, models: stores.models, repository: repository,
                uploads: stores.folders, retirement: retirement, leases: stores.leases,
                lease: Lease("janitor", server: server, store: stores.leases, bell: janitorBell, logger: logger),
                server: server, leftoverAge: configuration.leftoverAge, bell: janitorBell, logger: logger),
            Collector(
                folders: folders, store: stores.tasks, models: stores.models, catalog: catalog, repository: repository,
                host: host,
                imageFolders: configuration.clusters.mapValues(\.imagesFolder), imageDigests: ImageDigests(),
                server: server, bell: hub.workBell(), faults: faults, logger: logger),
            Retention(
                retention: RetentionService(
                    configuration: configuration, store: stores.retention, faults: faults, host: host),
                lease: Lease("retention", server: server, store: stores.leases, bell: retentionBell, logger: logger),
                bell: retentionBell, logger: logger),
            WebhookDelivery(
                configuration: configuration.webhooks, store: stores.webhooks, bell: hub.endBell(), tally: tally,
                faults: faults, logger: logger),
        ]
        var meters: [String: MonitorMeter] = [:]
        for (name, cluster) in configuration.clusters {
            guard let scheduler = schedulers[name] else { continue }
            let bell = hub.workBell()
            workers.append(
                Dispatcher(
                    cluster: cluster, folders: folders, store: stores.tasks, scheduler: scheduler, scripts: scripts,
                    bell: bell, faults: faults, logger: logger))
            let monitorBell = hub.workBell()
            let lease = Lease(
                "monitor/\(name)", server: server, store: stores.leases, bell: monitorBell, logger: logger)
            let meter = MonitorMeter(lease: lease)
            meters[name] = meter
            workers.append(
                Monitor(
                    cluster: cluster, store: stores.tasks, scheduler: scheduler, clusters: clusters, lease: lease,
                    cycle: MonitorCycle(
                        cluster: cluster, files: ExitFileReader(folders: folders), folders: folders,
                        store: stores.tasks, scheduler: scheduler, clusters: clusters, lease: lease,
                        dispatcherBell: bell, faults: faults, logger: logger),
                    meter: meter, bell: monitorBell, logger: logger))
        }
        workers += grid.renewals(server: server, leases: stores.leases, logger: logger)
        self.metrics = ServiceMetrics(
            store: stores.tasks, clusters: clusters, calls: calls, monitors: meters, webhooks: stores.webhooks,
            webhookTally: tally, host: host, grid: grid)
        self.workers = workers
    }

    /// Creates the folders under the data root.
    package func prepareFolders() async throws {
        let folders = configuration.folders
        try await BlockingIO.run {
            for folder in [
                folders.datasets, folders.images, folders.incoming, folders.staging, folders.uploadStaging,
            ] {
                try DurableFiles.createFolder(folder)
            }
        }
    }
}
