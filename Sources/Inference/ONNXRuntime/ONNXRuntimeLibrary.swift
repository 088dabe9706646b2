internal import CInference
internal import SlipwayCore

/// The opened library with its one environment.
///
/// `@unchecked Sendable`: the handle never changes, and ONNX Runtime's functions may be called from every thread.
final class ONNXRuntimeLibrary: @unchecked Sendable {
    let handle: OpaquePointer

    static let search = RuntimeSearch(
        names: ["libonnxruntime.so", "libonnxruntime.so.1"], prefixes: ["libonnxruntime.so"],
        subfolders: ["onnxruntime/capi"])

    /// Opens the first of `candidates` that is there.
    ///
    /// - Throws: `InferenceError` with `runtimeMissing`, listing what was tried and how to get the library.
    init(candidates: [String]) throws {
        var faults: [String] = []
        for candidate in candidates {
            var error: UnsafeMutablePointer<CChar>?
            if let handle = slipway_ort_open(candidate, &error) {
                self.handle = handle
                return
            }
            faults.append(takeText(error))
        }
        throw InferenceError(
            .runtimeMissing,
            "ONNX Runtime's library libonnxruntime.so is missing (\(faults.joined(separator: "; "))). Get it by "
                + "\"pip download --no-deps onnxruntime\": the wheel is a zip archive that holds "
                + "onnxruntime/capi/libonnxruntime.so.*; or install libonnxruntime of Debian 13 or later. Then set "
                + "runtimes.onnxruntime in slipway.yml, or SLIPWAY_ONNXRUNTIME in the environment, to its path.")
    }

    var version: String { String(cString: slipway_ort_version(handle)) }
}
