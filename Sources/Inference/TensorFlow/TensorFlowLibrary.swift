internal import CInference
internal import SlipwayCore

/// The opened library.
///
/// `@unchecked Sendable`: the handle never changes, and TensorFlow's functions may be called from every thread.
final class TensorFlowLibrary: @unchecked Sendable {
    let handle: OpaquePointer

    static let search = RuntimeSearch(
        names: ["libtensorflow.so.2", "libtensorflow.so", "libtensorflow_cc.so.2"],
        prefixes: ["libtensorflow.so", "libtensorflow_cc.so"], subfolders: ["tensorflow", "lib"])

    /// Opens the first of `candidates` that is there.
    ///
    /// - Throws: `InferenceError` with `runtimeMissing`, listing what was tried and how to get the library.
    init(candidates: [String]) throws {
        var faults: [String] = []
        for candidate in candidates {
            var error: UnsafeMutablePointer<CChar>?
            if let handle = slipway_tf_open(candidate, &error) {
                self.handle = handle
                return
            }
            faults.append(takeText(error))
        }
        throw InferenceError(
            .runtimeMissing,
            "TensorFlow's library libtensorflow_cc.so.2 is missing (\(faults.joined(separator: "; "))). Get it by "
                + "\"pip download --no-deps tensorflow-cpu\": the wheel is a zip archive that holds "
                + "tensorflow/libtensorflow_cc.so.2 and tensorflow/libtensorflow_framework.so.2, to be kept in one "
                + "folder. Then set runtimes.tensorflow in slipway.yml, or SLIPWAY_TENSORFLOW in the environment, to "
                + "that folder.")
    }

    var version: String { String(cString: slipway_tf_version(handle)) }
}
