internal import SlipwayCore

extension GraphDefinition {
    /// Refuses a graph that would touch files, the network or Python's interpreter when it is loaded or run: a graph
    /// is a program, and whoever uploads a model does not get the server's rights with it.
    ///
    /// Only what the given operations lead to counts, since every SavedModel carries the operations that save it.
    ///
    /// - Parameters:
    ///   - outputs: Names of operations or tensors that are run to answer.
    ///   - loading: Names of operations that are run while the model is loaded; they may read its weights.
    /// - Throws: `InferenceError` with `unsupported` that names the operation.
    func refuseForbiddenOperations(outputs: [String], loading: [String]) throws {
        var waiting = (outputs + loading).map(Self.operation)
        var seen = Set(waiting)
        var seenFunctions: Set<String> = []
        while let name = waiting.popLast() {
            guard let node = nodes[name] else { continue }
            try check(node, named: name, &seenFunctions)
            for input in node.inputs.lazy.map(Self.operation) where seen.insert(input).inserted {
                waiting.append(input)
            }
        }
    }

    /// Checks a node and the bodies of all functions that it leads to.
    private func check(_ node: Node, named name: String, _ seenFunctions: inout Set<String>) throws {
        var waiting = [node]
        while let node = waiting.popLast() {
            let isPrintingToFile = node.printsTo?.hasPrefix("file://") == true
            guard !Self.forbidden.contains(node.type), !isPrintingToFile else {
                throw InferenceError(
                    .unsupported,
                    "its node \"\(name)\" leads to the operation \(node.type), which reaches for files, the network or "
                        + "Python: a served model may compute only")
            }
            for function in node.functions + [node.type] where seenFunctions.insert(function).inserted {
                waiting += functions[function] ?? []
            }
        }
    }

    /// The operation of `operation:0`, or of `^operation`, which is waited for and not taken.
    private static func operation(_ tensor: String) -> String {
        let name = tensor.hasPrefix("^") ? tensor.dropFirst() : tensor[...]
        return String(name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)[0])
    }

    private static let forbidden: Set<String> = [
        "CacheDataset", "CacheDatasetV2", "CreateSummaryDbWriter", "CreateSummaryFileWriter", "DataServiceDataset",
        "DataServiceDatasetV2", "DataServiceDatasetV3", "DataServiceDatasetV4", "DatasetToTFRecord", "DebugIdentity",
        "DebugIdentityV2", "DebugIdentityV3", "DebugNanCount", "DebugNumericSummary", "DistributedSave", "EagerPyFunc",
        "ExperimentalDatasetToTFRecord", "ExperimentalLMDBDataset", "ExperimentalSqlDataset",
        "FixedLengthRecordDataset",
        "FixedLengthRecordDatasetV2", "FixedLengthRecordReader", "FixedLengthRecordReaderV2",
        "GenerateVocabRemapping", "LMDBDataset", "LMDBReader", "LoadAndRemapMatrix", "LoadDataset", "MatchingFiles",
        "ExperimentalMatchingFilesDataset", "MatchingFilesDataset", "MergeV2Checkpoints", "PyFunc", "PyFuncStateless",
        "ReadFile", "RecordInput", "RegisterDataset", "RegisterDatasetV2", "RpcCall", "RpcClient", "RpcServer", "Save",
        "SaveDataset", "SaveDatasetV2", "SaveSlices", "SaveV2", "SnapshotDataset", "SnapshotDatasetReader",
        "SnapshotDatasetV2", "SqlDataset", "StatsAggregatorSetSummaryWriter", "TFRecordDataset", "TFRecordDatasetV2",
        "TFRecordReader", "TFRecordReaderV2", "TextLineDataset", "TextLineReader", "TextLineReaderV2",
        "WholeFileReader", "WholeFileReaderV2", "WriteAudioSummary", "WriteFile", "WriteGraphSummary",
        "WriteHistogramSummary", "WriteImageSummary", "WriteRawProtoSummary", "WriteScalarSummary", "WriteSummary",
    ]
}
