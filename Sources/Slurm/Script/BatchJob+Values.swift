extension BatchJob {
    /// What a placeholder stands for.
    enum Value {
        /// One word.
        case text(String)
        /// Any number of words.
        case words([String])
        /// Nothing: a guarded line is left out; elsewhere it is an empty word.
        case none
    }

    /// A placeholder's value for this job.
    func value(of placeholder: Placeholder) -> Value {
        switch placeholder {
        case .account: .optional(account)
        case .attempt: .text("\(attempt)")
        case .attemptFolder: .text(attemptFolder)
        case .cpus: .optional(cpus)
        case .earlierOutput: .optional(earlierOutput)
        case .entrypoint: .text(entrypoint)
        case .environment: .words(environment.map { "\($0.name)=\($0.value)" })
        case .excludedNodes: .optional(excludedNodes.isEmpty ? nil : excludedNodes.joined(separator: ","))
        case .exclusive: exclusive ? .text("1") : .none
        case .experiment: .optional(mlflow?.experiment)
        case .filesFolder: .text(filesFolder)
        case .gres: .optional(gres)
        case .image: .text(imagePath)
        case .input: .text(inputPath)
        case .log: .text(logPattern)
        case .memory: .optional(memoryMegabytes)
        case .name: .text(name)
        case .nodes: .text("\(nodes)")
        case .nvidia: nvidia ? .text("1") : .none
        case .outputFolder: .text(outputFolder)
        case .params: .text(paramsPath)
        case .partition: .text(partition)
        case .payload: .text(mlflow == nil ? "script" : "mlflow")
        case .proxyScript: .optional(proxyScript)
        case .readOnlyBinds: .words(readOnlyBinds)
        case .requeue: .text(allowsRequeue ? "requeue" : "no-requeue")
        case .resumes: resumes ? .text("1") : .none
        case .signalSeconds: .optional(signalSeconds)
        case .taskFolder: .text(taskFolder)
        case .taskID: .text(taskID)
        case .timeLimit: .optional(timeLimitMinutes)
        case .trackingURI: .optional(mlflow?.trackingURI)
        case .writableBinds: .words(writableBinds)
        }
    }

    private var mlflow: (trackingURI: String?, experiment: String)? {
        switch payload {
        case .script: nil
        case .mlflow(let trackingURI, let experiment): (trackingURI, experiment)
        }
    }

    /// The log's path for sbatch, which reads `%` as the begin of a pattern: doubled in the folders' names.
    private var logPattern: String {
        guard let slash = logPath.lastIndex(of: "/") else { return logPath }
        let folder = logPath[..<slash].split(separator: "%", omittingEmptySubsequences: false).joined(separator: "%%")
        return folder + logPath[slash...]
    }
}

extension BatchJob.Value {
    static func optional(_ value: (some CustomStringConvertible)?) -> Self { value.map { .text("\($0)") } ?? .none }
}
