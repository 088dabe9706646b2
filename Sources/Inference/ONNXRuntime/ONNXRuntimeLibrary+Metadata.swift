internal import CInference

extension ONNXRuntimeLibrary {
    /// The entries of the model's `metadata_props`; none where they cannot be read, since they are no condition for
    /// serving.
    func metadata(of session: OpaquePointer) -> [String: String] {
        var entries: [String: String] = [:]
        var error: UnsafeMutablePointer<CChar>?
        withUnsafeMutablePointer(to: &entries) { entries in
            let isRead = slipway_ort_session_metadata(
                session,
                { context, key, value in
                    let entries = context!.assumingMemoryBound(to: [String: String].self)
                    entries.pointee[String(cString: key!)] = String(cString: value!)
                }, entries, &error)
            if !isRead { _ = takeText(error) }
        }
        return entries
    }
}
