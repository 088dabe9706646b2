/// What a user wants trained, from a folder that was uploaded. Names are those of the wire; all but `folder` are of files
/// in the folder.
package struct WorkflowRequest: Sendable, Hashable {
    package enum Device: String, Sendable, Hashable, CaseIterable {
        case cpu, gpu
    }

    package var folder: String
    package var device: Device
    /// Mebibytes; nil leaves what the operator set.
    package var memoryMegabytes: Int?
    package var cpus: Int?
    /// Names one ROOT file a line: below the folder or the datasets, or `/store/…` or `root://…` for remote ones.
    package var files: String
    /// One label a line, in the order of the files; or, where no file has this name, the branch that holds the labels.
    package var labels: String
    /// Python, with the function that makes the model.
    package var model: String
    /// A JSON object.
    package var params: String
    /// Says what becomes of the events before they are trained on.
    package var preproc: String?

    package init(
        folder: String, device: Device = .cpu, memoryMegabytes: Int? = nil, cpus: Int? = nil, files: String,
        labels: String, model: String, params: String, preproc: String? = nil
    ) {
        self.folder = folder
        self.device = device
        self.memoryMegabytes = memoryMegabytes
        self.cpus = cpus
        self.files = files
        self.labels = labels
        self.model = model
        self.params = params
        self.preproc = preproc
    }
}
