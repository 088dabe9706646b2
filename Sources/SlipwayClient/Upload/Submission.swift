/// The files of a task, checked and open.
package struct Submission: Sendable {
    package let body: MultipartBody

    /// The config and the entrypoint, then whatever lies beside them.
    ///
    /// Throws `ClientError` when a file cannot be read, when the names are not such that the server tells config and
    /// entrypoint apart, or when two files have the same name.
    package init(config: String, entrypoint: String, further: [String]) throws {
        let files = try ([config, entrypoint] + further).map(UploadFile.init(path:))
        guard files[0].name.hasSuffix(".json") else {
            throw ClientError(
                .usage, "the config comes first and its name ends in .json; found “\(files[0].name)”")
        }
        guard files[1].name.hasSuffix(".py") else {
            throw ClientError(
                .usage, "the entrypoint comes second and its name ends in .py; found “\(files[1].name)”")
        }
        var names: Set<String> = []
        for file in files where !names.insert(file.name).inserted {
            throw ClientError(
                .usage, "two files are named “\(file.name)”; they would lie in the same folder, so rename one")
        }
        body = MultipartBody(files: files, partName: "files")
    }
}
