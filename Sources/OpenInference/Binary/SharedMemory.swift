/// The protocol's shared-memory extensions, which are refused: tensors travel in the body.
enum SharedMemory {
    /// - Throws: `unsupported` where a tensor's parameters name a region.
    static func refuse(_ parameters: [String: ParameterValue], of label: String, at offset: Int) throws {
        guard parameters["shared_memory_region"] != nil else { return }
        throw OpenInferenceError(
            .unsupported,
            "\(label) names a shared memory region, an extension that this server does not offer; send and ask for "
                + "tensors in the body",
            offset: offset)
    }
}
