import Testing

@Suite("NVIDIA's client of the Open Inference Protocol")
struct TritonClientTests {
    @Test(
        "Every call of tritonclient but shared memory works, with answers equal to the runtime's own",
        arguments: ModelKind.allCases)
    func everyCall(kind: ModelKind) async throws {
        try await withTestServer { server in try await server.check(with: "triton_client.py", kind) }
    }
}
