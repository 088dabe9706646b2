import HTTPTypes
import Hummingbird

extension InferenceRoutes {
    /// Triton's extensions that concern a Triton process, or memory that client and server share: refused in words.
    var refusedEndpoints: [Endpoint] {
        let settings: [(path: String, what: String)] =
            ["/v2/trace/setting", "/v2/models/{name}/trace/setting"].map { ($0, "Trace settings") }
            + [("/v2/logging", "Log settings")]
        let memory = ["systemsharedmemory", "cudasharedmemory"].flatMap { kind in
            [
                refused(.get, "/v2/\(kind)/status", Self.sharedMemory),
                refused(.get, "/v2/\(kind)/region/{region}/status", Self.sharedMemory),
                refused(.post, "/v2/\(kind)/region/{region}/register", Self.sharedMemory),
                refused(.post, "/v2/\(kind)/region/{region}/unregister", Self.sharedMemory),
                refused(.post, "/v2/\(kind)/unregister", Self.sharedMemory),
            ]
        }
        return memory
            + settings.flatMap { path, what in
                let sentence = "\(what) are an extension of Triton's that this server does not offer."
                return [refused(.get, path, sentence), refused(.post, path, sentence)]
            }
    }

    private static let sharedMemory =
        "Shared memory is an extension of Triton's that this server does not offer: send tensors in the body, in JSON "
        + "or binary."

    private func refused(_ method: HTTPRequest.Method, _ path: String, _ sentence: String) -> Endpoint {
        Endpoint(
            method, path,
            EndpointDocumentation(
                "Inference", "Not offered: the answer says so.", answer: .other("application/json", status: 501))
        ) { _, _ in throw Problem(.notImplemented, sentence) }
    }
}
