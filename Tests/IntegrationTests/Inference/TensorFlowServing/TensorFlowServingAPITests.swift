import Testing

@Suite("TensorFlow Serving's REST API")
struct TensorFlowServingAPITests {
    @Test(
        "Status, metadata and predictions by rows and columns have its forms, with answers equal to the runtime's own",
        arguments: ModelKind.allCases)
    func everyForm(kind: ModelKind) async throws {
        try await withTestServer { server in try await server.check(with: "serving_client.py", kind) }
    }
}
