internal import CInference
internal import Foundation
internal import SlipwayCore

/// The opened library with its one environment.
///
/// `@unchecked Sendable`: the handle never changes, and ONNX Runtime's functions may be called from every thread.
final class ONNXRuntimeLibrary: @unchecked Sendable {
    let handle: OpaquePointer

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

    /// Where to look: only at the configured place where there is one, otherwise under the usual names.
    static func candidates(configured: String?) -> [String] {
        guard let configured, !configured.isEmpty else {
            return ["libonnxruntime.so", "libonnxruntime.so.1"] + libraries(in: usualFolders)
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: configured, isDirectory: &isFolder), isFolder.boolValue else {
            return [configured]
        }
        let found = libraries(in: [configured, configured + "/onnxruntime/capi"])
        return found.isEmpty ? [configured + "/libonnxruntime.so"] : found
    }

    private static let usualFolders = [
        "/usr/local/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64",
    ]

    /// The library under its versioned names, newest first.
    private static func libraries(in folders: [String]) -> [String] {
        folders.flatMap { folder in
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return names.filter { $0.hasPrefix("libonnxruntime.so") }
                .sorted { $0.compare($1, options: .numeric) == .orderedDescending }
                .map { folder + "/" + $0 }
        }
    }
}

/// The message that a C function left, freed.
func takeText(_ text: UnsafeMutablePointer<CChar>?) -> String {
    guard let text else { return "unknown error" }
    defer { slipway_ort_free_text(text) }
    return String(cString: text)
}
