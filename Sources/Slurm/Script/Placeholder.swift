/// The names that a template of a batch script may use.
enum Placeholder: String, CaseIterable {
    case account
    case attempt
    case attemptFolder = "attempt_folder"
    case cpus
    case earlierOutput = "earlier_output"
    case entrypoint
    case environment
    case excludedNodes = "excluded_nodes"
    case exclusive
    case experiment
    case filesFolder = "files_folder"
    case gres
    case image
    case input
    case log
    case memory
    case name
    case nodes
    case nvidia
    case outputFolder = "output_folder"
    case params
    case partition
    case payload
    case proxyScript = "proxy_script"
    case readOnlyBinds = "read_only_binds"
    case requeue
    case resumes
    case signalSeconds = "signal_seconds"
    case taskFolder = "task_folder"
    case taskID = "task_id"
    case timeLimit = "time_limit"
    case trackingURI = "tracking_uri"
    case writableBinds = "writable_binds"
}
