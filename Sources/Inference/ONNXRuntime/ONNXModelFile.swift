internal import Foundation
internal import SlipwayCore

/// What a model file tells before the runtime sees it (onnx.proto): where it keeps weights in other files, and
/// whether it convolves.
struct ONNXModelFile {
    /// Paths of the files that hold weights, as the model has them.
    private(set) var locations: Set<String> = []
    private(set) var hasConvolutions = false

    private var isTooDeep = false

    /// - Throws: `ProtobufFault` for bytes that are no model.
    init(_ bytes: UnsafeRawBufferPointer) throws {
        try ProtobufReader(bytes).forEach { field in
            guard let message = field.message else { return }
            switch field.number {
            case 7: try readGraph(message, depth: 0)
            // Graphs for training, and functions.
            case 20: try message.forEach { if let graph = $0.message { try readGraph(graph, depth: 0) } }
            case 25: try message.forEach { if $0.number == 7, let node = $0.message { try readNode(node, depth: 0) } }
            default: break
            }
        }
        guard !isTooDeep else { throw ProtobufFault("its graphs lie more than 50 deep in one another", at: 0) }
    }

    /// Refuses weights that lie anywhere but in the model's own folder: ONNX Runtime would read whatever file of the
    /// machine a hostile model names, and the model could then tell what is in it.
    ///
    /// - Returns: The size of those files in bytes.
    /// - Throws: `InferenceError` with `loadFailed`.
    func checkLocations(besides path: String) throws -> Int {
        guard let folder = Self.resolved((path as NSString).deletingLastPathComponent) else { return 0 }
        return try locations.sorted().reduce(0) { size, location in
            let isPlain = !location.isEmpty && !location.hasPrefix("/") && !location.utf8.contains(0)
            guard isPlain, !location.split(separator: "/").contains("..") else {
                throw InferenceError(
                    .loadFailed,
                    "the model \(path) keeps weights in \"\(location)\": only files in the model's own folder can be "
                        + "used")
            }
            guard let file = Self.resolved(folder + "/" + location) else {
                throw InferenceError(
                    .loadFailed, "the model \(path) keeps weights in the file \"\(location)\", which is missing")
            }
            guard file.hasPrefix(folder + "/") else {
                throw InferenceError(
                    .loadFailed, "the model \(path) keeps weights in \"\(location)\", a link out of its folder")
            }
            let attributes = try? FileManager.default.attributesOfItem(atPath: file)
            return size + ((attributes?[.size] as? Int) ?? 0)
        }
    }

    /// The path without links; nil where nothing is there.
    private static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private mutating func readGraph(_ message: ProtobufReader, depth: Int) throws {
        guard depth < 50 else {
            isTooDeep = true
            return
        }
        try message.forEach { field in
            guard let message = field.message else { return }
            switch field.number {
            case 1: try readNode(message, depth: depth)
            case 5: try readTensor(message)
            case 15: try readSparseTensor(message)
            default: break
            }
        }
    }

    private mutating func readNode(_ message: ProtobufReader, depth: Int) throws {
        try message.forEach { field in
            if field.number == 4, field.text?.contains("Conv") == true { hasConvolutions = true }
            if field.number == 5, let attribute = field.message { try readAttribute(attribute, depth: depth) }
        }
    }

    private mutating func readAttribute(_ message: ProtobufReader, depth: Int) throws {
        try message.forEach { field in
            guard let message = field.message else { return }
            switch field.number {
            case 5, 10: try readTensor(message)
            case 6, 11: try readGraph(message, depth: depth + 1)
            case 22, 23: try readSparseTensor(message)
            default: break
            }
        }
    }

    /// The values and the indices of a sparse tensor are tensors.
    private mutating func readSparseTensor(_ message: ProtobufReader) throws {
        try message.forEach { field in
            if field.number == 1 || field.number == 2, let tensor = field.message { try readTensor(tensor) }
        }
    }

    private mutating func readTensor(_ message: ProtobufReader) throws {
        try message.forEach { field in
            guard field.number == 13, let entry = field.message else { return }
            var key = ""
            var value = ""
            try entry.forEach { field in
                if field.number == 1 { key = field.text ?? "" }
                if field.number == 2 { value = field.text ?? "" }
            }
            if key == "location" { locations.insert(value) }
        }
    }
}
