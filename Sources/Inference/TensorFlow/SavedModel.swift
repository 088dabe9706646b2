internal import SlipwayCore

/// What `saved_model.pb` says of a model's signatures (TensorFlow's saved_model.proto and meta_graph.proto).
struct SavedModel {
    /// A tensor under the name that a signature gives it.
    struct Port {
        let name: String
        /// Its name in the graph, `operation:index`.
        var tensor = ""
        /// TensorFlow's number of the element type.
        var element: Int32 = 0
        /// The sizes of the dimensions, -1 where any size goes; nil for any rank.
        var shape: [Int]?
    }

    /// Inputs and outputs sorted by name: the file keeps them in no order of their own.
    struct Signature {
        var inputs: [Port] = []
        var outputs: [Port] = []
    }

    private(set) var signatures: [String: Signature] = [:]
    /// The operations that TensorFlow runs when it loads the model.
    private(set) var loadingOperations: [String] = []
    private(set) var graph = GraphDefinition()

    /// Reads the graph for serving.
    ///
    /// - Throws: `ProtobufFault` for bytes that are no SavedModel, `InferenceError` with `loadFailed` where it holds
    ///   nothing for serving.
    init(_ bytes: UnsafeRawBufferPointer) throws {
        var isFound = false
        try ProtobufReader(bytes).forEach { field in
            guard field.number == 2, let metaGraph = field.message, try Self.isForServing(metaGraph), !isFound else {
                return
            }
            isFound = true
            try metaGraph.forEach { try read($0) }
        }
        guard isFound else {
            throw InferenceError(
                .loadFailed, "it holds no graph with the tag \"serve\": save it with tf.saved_model.save")
        }
    }

    /// The signature to serve: `serving_default`, or else the only one.
    ///
    /// - Throws: `InferenceError` with `unsupported`, listing what there is.
    func servingSignature() throws -> (name: String, signature: Signature) {
        let usable = signatures.filter { !$0.key.hasPrefix("__saved_model") && !$0.value.outputs.isEmpty }
        if let signature = usable["serving_default"] { return ("serving_default", signature) }
        if usable.count == 1, let (name, signature) = usable.first { return (name, signature) }
        let found = usable.isEmpty ? "it has none" : "it has " + usable.keys.sorted().joined(separator: ", ")
        throw InferenceError(
            .unsupported,
            "the SavedModel needs a signature serving_default (\(found)): with Keras, model.export(folder); with "
                + "tf.Module, tf.saved_model.save(module, folder, signatures=module.f.get_concrete_function(…))")
    }

    /// Whether a graph has the one tag that is asked for when it is loaded.
    private static func isForServing(_ metaGraph: ProtobufReader) throws -> Bool {
        var tags: Set<String> = []
        try metaGraph.forEach { field in
            guard field.number == 1, let information = field.message else { return }
            try information.forEach { if $0.number == 4, let tag = $0.text { tags.insert(tag) } }
        }
        return tags == ["serve"]
    }

    private mutating func read(_ field: ProtobufReader.Field) throws {
        guard let message = field.message else { return }
        switch field.number {
        case 2: try graph.read(message)
        // The saver's restore operation.
        case 3: try message.forEach { if $0.number == 3, let name = $0.text { loadingOperations.append(name) } }
        case 4: try readCollection(message)
        case 5:
            let (name, signature) = try Self.entry(message)
            if let signature { signatures[name] = try Self.signature(signature) }
            if name == "__saved_model_init_op" {
                loadingOperations += signatures[name]?.outputs.map(\.tensor) ?? []
            }
        default: break
        }
    }

    /// Collections name the operations that TensorFlow 1's models start with.
    private mutating func readCollection(_ message: ProtobufReader) throws {
        let (name, collection) = try Self.entry(message)
        guard ["saved_model_main_op", "legacy_init_op"].contains(name), let collection else { return }
        try collection.forEach { field in
            guard field.number == 1 else { return }
            try field.message?.forEach { if $0.number == 1, let name = $0.text { loadingOperations.append(name) } }
        }
    }

    /// An entry of a map.
    private static func entry(_ message: ProtobufReader) throws -> (key: String, value: ProtobufReader?) {
        var key = ""
        var value: ProtobufReader?
        try message.forEach { field in
            if field.number == 1 { key = field.text ?? "" }
            if field.number == 2 { value = field.message }
        }
        return (key, value)
    }

    private static func signature(_ message: ProtobufReader) throws -> Signature {
        var inputs: [String: Port] = [:]
        var outputs: [String: Port] = [:]
        try message.forEach { field in
            guard field.number == 1 || field.number == 2, let message = field.message else { return }
            let (name, tensor) = try entry(message)
            let port = try port(name, tensor)
            if field.number == 1 { inputs[name] = port } else { outputs[name] = port }
        }
        return Signature(
            inputs: inputs.values.sorted { $0.name < $1.name }, outputs: outputs.values.sorted { $0.name < $1.name })
    }

    private static func port(_ name: String, _ tensor: ProtobufReader?) throws -> Port {
        var port = Port(name: name)
        try tensor?.forEach { field in
            switch field.number {
            case 1: port.tensor = field.text ?? ""
            case 2: port.element = field.integer.flatMap(Int32.init(exactly:)) ?? 0
            case 3: port.shape = try field.message.flatMap(shape)
            default: break
            }
        }
        return port
    }

    private static func shape(_ message: ProtobufReader) throws -> [Int]? {
        var shape: [Int] = []
        var isKnown = true
        try message.forEach { field in
            if field.number == 2 {
                var size: Int64 = 0
                try field.message?.forEach { if $0.number == 1 { size = $0.integer ?? 0 } }
                shape.append(size < 0 ? -1 : Int(size))
            }
            if field.number == 3, field.integer != 0 { isKnown = false }
        }
        return isKnown ? shape : nil
    }
}
