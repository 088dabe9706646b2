internal import CInference
internal import Foundation
package import SlipwayCore
internal import Synchronization

/// Runs ONNX models through ONNX Runtime's C interface.
///
/// The library is found when it is first needed: at the given path, else where `SLIPWAY_ONNXRUNTIME` points, else
/// under its usual names. Without it every call throws `runtimeMissing`, and it may be installed later.
package final class ONNXRuntimeEngine: InferenceEngine {
    package let name = "ONNX Runtime"
    package let wanted = "*.onnx"

    private let libraryPath: String?
    private let library = Mutex<ONNXRuntimeLibrary?>(nil)
    private let threads: Int

    /// - Parameters:
    ///   - libraryPath: The library's file, or the folder that holds it.
    ///   - threads: Threads that a large model's operators share; as many as the process has cores where nil.
    package init(libraryPath: String? = nil, threads: Int? = nil) {
        self.libraryPath = libraryPath
        self.threads = threads ?? Int(slipway_usable_cores())
    }

    package func version() throws -> String {
        try open().version
    }

    package func find(in files: VersionFiles) throws -> LoadableModel? {
        let fitting = files.paths.filter { $0.hasSuffix(".onnx") }
        guard let first = fitting.first else { return nil }
        guard fitting.count == 1 || fitting.contains("model.onnx") else {
            throw InferenceError(
                .unsupported,
                "\(files.folder) holds several models: \(fitting.joined(separator: ", ")); leave one, or name the one "
                    + "to serve model.onnx")
        }
        return LoadableModel(
            path: files.folder + "/" + (fitting.count == 1 ? first : "model.onnx"), platform: "onnx_onnxv1")
    }

    package func load(_ model: LoadableModel, parameters: ModelParameters) throws -> any LoadedModel {
        let path = model.path
        let library = try open()
        let threads = try threads(for: path)
        var error: UnsafeMutablePointer<CChar>?
        guard let session = slipway_ort_session_create(library.handle, path, Int32(threads), &error) else {
            throw InferenceError(.loadFailed, "ONNX Runtime refuses the model \(path): \(takeText(error))")
        }
        return try ONNXRuntimeModel(library: library, session: session, path: path)
    }

    /// Checks the model's file and says how many threads its operators get.
    ///
    /// Handing work to another thread and back takes longer than a small network's whole run, so that only large
    /// models get more than the thread that asks: a net of 50,000 weights took 48 µs for 32 rows with two threads and
    /// 39 µs with one, one of 25 million 15 ms and 19 ms.
    private func threads(for path: String) throws -> Int {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
        } catch {
            throw InferenceError(.loadFailed, "there is no readable model file \(path)")
        }
        do {
            let file = try data.withUnsafeBytes { try ONNXModelFile($0) }
            let size = try data.count + file.checkLocations(besides: path)
            return file.hasConvolutions || size > Self.largeModel ? threads : 1
        } catch let fault as ProtobufFault {
            throw InferenceError(.loadFailed, "the model \(path) is broken: \(fault)")
        }
    }

    /// Bytes of weights from which on several threads pay.
    private static let largeModel = 4 << 20

    private func open() throws -> ONNXRuntimeLibrary {
        try library.withLock { library in
            if let library { return library }
            let configured = libraryPath ?? ProcessInfo.processInfo.environment["SLIPWAY_ONNXRUNTIME"]
            let opened = try ONNXRuntimeLibrary(
                candidates: ONNXRuntimeLibrary.search.candidates(configured: configured))
            library = opened
            return opened
        }
    }
}
