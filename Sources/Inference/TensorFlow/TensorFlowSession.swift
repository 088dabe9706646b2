internal import CInference
internal import SlipwayCore

/// A graph with the session that runs it; leaves memory when the last reference goes.
///
/// `@unchecked Sendable`: the pointer never changes, and a session may be run by several threads at once.
final class TensorFlowSession: @unchecked Sendable {
    let library: TensorFlowLibrary
    private let handle: OpaquePointer

    /// Loads the SavedModel in a folder.
    ///
    /// - Throws: `InferenceError` with `loadFailed`.
    init(_ library: TensorFlowLibrary, savedModel folder: String, threads: Int) throws {
        self.library = library
        var error: UnsafeMutablePointer<CChar>?
        guard let handle = slipway_tf_load_saved_model(library.handle, folder, Int32(threads), &error) else {
            throw InferenceError(.loadFailed, "TensorFlow refuses the SavedModel \(folder): \(takeText(error))")
        }
        self.handle = handle
    }

    /// Loads a serialised GraphDef that was read from `path`.
    ///
    /// - Throws: `InferenceError` with `loadFailed`.
    init(_ library: TensorFlowLibrary, graph: UnsafeRawBufferPointer, path: String, threads: Int) throws {
        self.library = library
        var error: UnsafeMutablePointer<CChar>?
        guard
            let handle = slipway_tf_load_graph(
                library.handle, graph.baseAddress, graph.count, Int32(threads), &error)
        else {
            throw InferenceError(.loadFailed, "TensorFlow refuses the graph \(path): \(takeText(error))")
        }
        self.handle = handle
    }

    deinit {
        slipway_tf_session_release(handle)
    }

    /// The output of an operation under the name of its tensor, `operation:index`; nil where the graph has none.
    func port(_ tensor: String) -> slipway_tf_port? {
        let colon = tensor.lastIndex(of: ":")
        guard let index = colon.map({ Int32(tensor[tensor.index(after: $0)...]) }) ?? 0 else { return nil }
        var port = slipway_tf_port()
        return slipway_tf_find(handle, String(tensor[..<(colon ?? tensor.endIndex)]), index, &port) ? port : nil
    }

    /// TensorFlow's number of a port's element type.
    func element(of port: slipway_tf_port) -> Int32 {
        slipway_tf_port_element(handle, port)
    }

    /// The sizes of a port's dimensions as the graph has them, -1 where any size goes; nil for any rank.
    func shape(of port: slipway_tf_port) -> [Int]? {
        let rank = slipway_tf_port_rank(handle, port)
        guard rank >= 0 else { return nil }
        var dimensions = [Int64](repeating: -1, count: Int(rank))
        guard slipway_tf_port_dimensions(handle, port, &dimensions, rank) else { return nil }
        return dimensions.map { $0 < 0 ? -1 : Int($0) }
    }

    /// Every operation of the graph, in the graph's order.
    func operations() -> [GraphOperation] {
        var operations: [GraphOperation] = []
        var position = 0
        var next = slipway_tf_operation()
        while slipway_tf_next_operation(handle, &position, &next) {
            operations.append(
                GraphOperation(
                    name: String(cString: next.name), type: String(cString: next.type), inputs: Int(next.inputs),
                    outputs: Int(next.outputs), consumers: Int(next.consumers)))
        }
        return operations
    }

    /// Runs the graph once.
    ///
    /// - Returns: A tensor for each of `outputs`, to be released by the caller.
    /// - Throws: `InferenceError` with `failed`.
    func run(
        _ inputs: [slipway_tf_port], _ tensors: [OpaquePointer?], outputs: [slipway_tf_port]
    ) throws -> [OpaquePointer?] {
        var results = [OpaquePointer?](repeating: nil, count: outputs.count)
        var error: UnsafeMutablePointer<CChar>?
        guard
            slipway_tf_run(handle, inputs, tensors, inputs.count, outputs, outputs.count, &results, &error)
        else {
            throw InferenceError(.failed, "TensorFlow failed: \(takeText(error))")
        }
        return results
    }
}
