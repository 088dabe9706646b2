/// The protocol's binary tensor data extension, as far as requests speak of it.
enum BinaryTensors {
    /// The error for a request that wants the extension; `demand` is a clause such as "… asks".
    static func refusal(_ demand: String) -> OpenInferenceError {
        OpenInferenceError(
            .unsupported,
            "\(demand) for binary tensor data, an extension that this server does not offer; send and ask for JSON "
                + "(tritonclient: set_data_from_numpy(…, binary_data=False) and "
                + "InferRequestedOutput(…, binary_data=False))")
    }
}
