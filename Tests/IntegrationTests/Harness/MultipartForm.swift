import Foundation

/// A `multipart/form-data` body, as curl's `-F` makes one.
struct MultipartForm: Sendable {
    private(set) var bytes = Data()
    let boundary = "------------------------d74496d66958873e"

    var contentType: String { "multipart/form-data; boundary=\(boundary)" }
    var body: Data { bytes + Data("--\(boundary)--\r\n".utf8) }

    mutating func add(
        file name: String, _ content: Data, part: String = "files", type: String = "application/octet-stream"
    ) {
        bytes += Data(
            """
            --\(boundary)\r
            Content-Disposition: form-data; name="\(part)"; filename="\(name)"\r
            Content-Type: \(type)\r
            \r

            """.utf8)
        bytes += content + Data("\r\n".utf8)
    }

    /// A config, its entrypoint, and files that shall lie beside it.
    static func task(_ config: TaskConfig, _ script: TrainingScript, files: [String: Data] = [:]) throws
        -> MultipartForm
    {
        var form = MultipartForm()
        form.add(file: "config.json", try config.data(), type: "application/json")
        form.add(file: config.entrypoint, Data(script.text.utf8), type: "text/x-python")
        for (name, content) in files.sorted(by: { $0.key < $1.key }) { form.add(file: name, content) }
        return form
    }
}
