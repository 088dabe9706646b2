import Foundation
import Inference
import SlipwayCore
import Yams

extension Configuration {
    /// Reads `slipway.yml`; the environment's `DATABASE_URL`, `SLIPWAY_LISTEN` and `SLIPWAY_ONNXRUNTIME` come first.
    ///
    /// - Throws: `SlipwayError` with every fault of the file, each with its line.
    package static func read(file: String, environment: [String: String]) throws -> Configuration {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw SlipwayError(.invalid, "The configuration file \(file) cannot be read.")
        }
        let node: Node?
        do {
            node = try Yams.compose(yaml: String(decoding: data, as: UTF8.self))
        } catch {
            throw SlipwayError(.invalid, "The configuration file \(file) is not YAML: \(error)")
        }
        let faults = Settings.Faults()
        let configuration = Configuration(Settings(node, path: "", faults: faults), environment: environment)
        guard faults.list.isEmpty else {
            throw SlipwayError(.invalid, "The configuration file \(file) has faults.", faults: faults.list)
        }
        return configuration
    }

    private init(_ settings: Settings, environment: [String: String]) {
        let dataRoot = settings.required("data_root", "the folder on the shared file system for tasks and models")
        if !dataRoot.isEmpty, !dataRoot.hasPrefix("/") { settings.fault("data_root", "must be an absolute path") }
        // Every key is asked for, also where the environment comes first: what nobody asks for is faulted as unknown.
        let listenInFile = settings.string("listen")
        let databaseInFile = settings.string("database_url")
        let tls = settings.section("tls")
        let limits = settings.section("limits")
        let runtimes = settings.section("runtimes")
        let webhooks = settings.section("webhooks")
        let onnxRuntimeInFile = runtimes.string("onnxruntime")
        let tensorFlowInFile = runtimes.string("tensorflow")
        let listen = environment["SLIPWAY_LISTEN"] ?? listenInFile ?? "127.0.0.1:8008"
        let clusters = settings.section("clusters")
        let folders = DataFolders(root: dataRoot)
        let clusterConfigurations = clusters.sections().map { name, section in
            (name, ClusterConfiguration(name, section, folders: folders))
        }
        let clustersByName = Dictionary(clusterConfigurations, uniquingKeysWith: { first, _ in first })
        self.init(
            dataRoot: dataRoot,
            listen: ListenAddress(listen),
            publicURL: settings.string("public_url"),
            tls: tls.hasSection
                ? TLSFiles(
                    certificate: tls.required("certificate", "path of a PEM file"),
                    key: tls.required("key", "path of a PEM file")) : nil,
            allowPlainHTTPBeyondLoopback: settings.bool("allow_plain_http_beyond_loopback") ?? false,
            databaseURL: environment["DATABASE_URL"] ?? databaseInFile,
            postgresBinaries: settings.string("postgres_bin"),
            databaseConnections: settings.integer("database_connections", in: 2...200) ?? 8,
            limits: Limits(limits),
            loginTokenLifetime: settings.integer("login_token_lifetime", in: 60...31_536_000) ?? 43_200,
            onnxRuntime: environment["SLIPWAY_ONNXRUNTIME"] ?? onnxRuntimeInFile,
            tensorFlow: environment["SLIPWAY_TENSORFLOW"] ?? tensorFlowInFile,
            modelMemory: settings.parsed("model_memory", "must be a size such as 512M or 8G", Amounts.megabytes)
                .map { MemoryBudget(bytes: Int64($0) << 20) } ?? .halfOfMachine(),
            webhooks: WebhookConfiguration(webhooks, folders: folders),
            leftoverAge: settings.number("leftover_age", in: 6...604_800) ?? 900,
            training: ServerJobConfiguration(settings.section("training"), clusters: clustersByName),
            bulk: ServerJobConfiguration(settings.section("bulk"), clusters: clustersByName),
            clusters: clustersByName)
        workflow = ServerJobConfiguration(
            settings.section("mlaas4hep"), image: ServerJobConfiguration.workflowImage, clusters: clustersByName)
        netron = runtimes.string("netron")
        dialectPorts = DialectPort.read(
            settings.section("dialects"), main: self.listen,
            isPlainAllowed: self.tls != nil || allowPlainHTTPBeyondLoopback)
        if self.clusters.isEmpty { settings.fault("clusters", "is missing: at least one cluster must be named") }
        if self.listen.port == 0, !listen.hasSuffix(":0") {
            settings.fault("listen", "must be HOST:PORT, such as 127.0.0.1:8008")
        }
        for section in [tls, limits, runtimes, webhooks, settings] { section.finish() }
        if !self.listen.isLoopback, self.tls == nil, !allowPlainHTTPBeyondLoopback {
            settings.fault(
                "listen",
                """
                would send passwords and tokens over the network in the clear: name certificate and key under `tls`, \
                listen on 127.0.0.1, or set `allow_plain_http_beyond_loopback: true`
                """)
        }
    }
}

extension Configuration.ListenAddress {
    /// Reads `HOST:PORT` or `[V6]:PORT`; a port that cannot be read becomes 0.
    init(_ text: String) {
        let colon = text.lastIndex(of: ":")
        let host = colon.map { String(text[..<$0]) } ?? text
        self.init(
            host: host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host,
            port: colon.flatMap { UInt16(text[text.index(after: $0)...]) }.map(Int.init) ?? 0)
    }
}

extension Configuration.Limits {
    fileprivate init(_ settings: Settings) {
        let meaning = "must be a size such as 512M or 64G"
        let bytes = { (key: String) in settings.parsed(key, meaning, Amounts.megabytes).map { Int64($0) << 20 } }
        self.init()
        if let value = bytes("request") { maximumRequestBytes = value }
        if let value = bytes("part") { maximumPartBytes = value }
        if let value = settings.integer("parts", in: 2...10_000) { maximumParts = value }
        if let value = bytes("json") { maximumJSONBytes = Int(value) }
    }
}

extension WebhookConfiguration {
    fileprivate init(_ settings: Settings, folders: DataFolders) {
        let hosts = settings.strings("hosts")
        for text in hosts where HostPattern(text) == nil {
            settings.fault(
                "hosts",
                "names “\(text)”, but must name hosts such as hooks.example.org, *.example.org or 127.0.0.1:9000")
        }
        self.init(
            hosts: hosts.compactMap(HostPattern.init),
            allowsPlainHTTP: settings.bool("allow_plain_http") ?? false,
            secretFile: settings.string("secret_file") ?? folders.webhookKey)
    }
}

extension ClusterConfiguration {
    fileprivate init(_ name: String, _ settings: Settings, folders: DataFolders) {
        if let connection = settings.string("connection"), connection != "local" {
            settings.fault("connection", "must be `local`: this version runs Slurm's commands on its own machine")
        }
        let templatePath = settings.string("template")
        let template = templatePath.flatMap { FileManager.default.contents(atPath: $0) }
        if templatePath != nil, template == nil { settings.fault("template", "cannot be read") }
        let partitions = settings.section("partitions")
        self.init(
            name: name,
            slurmConf: settings.string("slurm_conf"),
            path: settings.string("path") ?? "/usr/local/bin:/usr/bin:/bin",
            user: settings.string("user"),
            imagesFolder: settings.string("images") ?? folders.images,
            datasetsFolder: settings.string("datasets") ?? folders.datasets,
            accounts: settings.strings("accounts"),
            defaultAccount: settings.string("default_account"),
            partitions: Dictionary(
                partitions.sections().map { ($0.key, PartitionConfiguration($0.key, $0.section)) },
                uniquingKeysWith: { first, _ in first }),
            excludedNodes: settings.strings("excluded_nodes"),
            pollInterval: settings.number("poll_interval", in: 0.1...3600) ?? 2,
            accountingLag: settings.number("accounting_lag", in: 0...3600) ?? 15,
            lostAfter: settings.number("lost_after", in: 5...86_400) ?? 60,
            commandTimeout: settings.number("command_timeout", in: 1...600) ?? 30,
            submitConcurrency: settings.integer("submit_concurrency", in: 1...64) ?? 4,
            template: template.map { String(decoding: $0, as: UTF8.self) },
            proxyScript: settings.string("proxy_script"),
            readOnlyBinds: settings.strings("binds"),
            retention: RetentionPolicy(settings.section("retention")),
            requeue: settings.bool("requeue") ?? false,
            pipConfig: settings.parsed("pip_config", "must be the absolute path of a pip.conf on the cluster") {
                $0.hasPrefix("/") ? $0 : nil
            },
            grid: GridConfiguration(settings.section("x509")))
        if self.partitions.isEmpty { settings.fault("partitions", "is missing: at least one partition must be named") }
        settings.finish()
    }
}

extension RetentionPolicy {
    fileprivate init(_ settings: Settings) {
        let meaning = "must be a time such as 12h, 90d or 2w, of an hour at least"
        self.init(
            taskFolders: settings.parsed("task_folders", meaning, Self.seconds),
            logs: settings.parsed("logs", meaning, Self.seconds),
            archives: settings.parsed("archives", meaning, Self.seconds))
        settings.finish()
    }
}

extension PartitionConfiguration {
    fileprivate init(_ name: String, _ settings: Settings) {
        let gres = settings.string("gres")
        self.init(
            name: name,
            partition: settings.string("partition") ?? name,
            gres: gres,
            nvidia: settings.bool("nv") ?? false,
            exclusive: settings.bool("exclusive") ?? false,
            maximumMinutes: settings.parsed(
                "max_time", "must be a time such as 90m, 24h or 7-00:00:00", Amounts.minutes),
            maximumMemoryMegabytes: settings.parsed(
                "max_memory", "must be a size such as 4000M or 64G", Amounts.megabytes),
            maximumCPUs: settings.integer("max_cpus", in: 1...100_000),
            maximumGPUs: settings.integer("max_gpus", in: 0...1000) ?? (gres == nil ? 0 : 1),
            maximumNodes: settings.integer("max_nodes", in: 1...100_000) ?? 1)
        settings.finish()
    }
}
