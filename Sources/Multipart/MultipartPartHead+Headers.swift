extension MultipartPartHead {
    /// Reads what the header fields of a part say.
    ///
    /// - Throws: `missingDisposition`, `missingName`, `invalidName`, `invalidEncoding`, `malformedHeader`,
    ///   `nestedMultipart` or `unsupportedTransferEncoding`.
    init(headers: [MultipartHeader], ordinal: Int) throws(MultipartError) {
        guard let disposition = try Self.only("content-disposition", of: headers, ordinal) else {
            throw MultipartError(
                code: .missingDisposition,
                message: "Part \(ordinal) has no Content-Disposition header; "
                    + "each part of a form needs `Content-Disposition: form-data; name=\"…\"`.")
        }
        let fields: HeaderParameters
        do {
            fields = try HeaderParameters(disposition)
        } catch {
            throw MultipartError(
                code: .malformedHeader, message: "The Content-Disposition of part \(ordinal) \(error.message).")
        }
        guard fields.value == "form-data" else {
            throw MultipartError(
                code: .missingDisposition,
                message: "The Content-Disposition of part \(ordinal) is \"\(fields.value)\"; it must be form-data.")
        }
        guard let rawName = fields.parameters["name"] else {
            throw MultipartError(
                code: .missingName,
                message: "The Content-Disposition of part \(ordinal) gives no name; `form-data; name=\"…\"` is needed.")
        }
        let name = try Self.checked(rawName.decodingFormEscapes(), is: "name", ordinal)
        var filename = fields.parameters["filename"]?.decodingFormEscapes()
        if let extended = fields.parameters["filename*"] {
            // The extended form wins where both are sent: RFC 6266, section 4.3.
            guard let decoded = extended.decodingExtendedValue() else {
                throw MultipartError(
                    code: .invalidEncoding,
                    message: "The filename* of part \"\(name)\" is \"\(extended)\"; "
                        + "it must be written UTF-8''name, percent-encoded.",
                    part: name)
            }
            filename = decoded
        }
        let contentType = try Self.only("content-type", of: headers, ordinal)
        self.init(
            name: name,
            filename: try filename.map { text throws(MultipartError) in
                try Self.checked(text, is: "file name", ordinal)
            }, contentType: contentType, headers: headers)
        try checkEncoding(ordinal)
    }

    private func checkEncoding(_ ordinal: Int) throws(MultipartError) {
        if let contentType, contentType.lowercased().hasPrefix("multipart/") {
            throw MultipartError(
                code: .nestedMultipart,
                message: "Part \"\(name)\" is itself \(contentType.prefix { $0 != ";" }); "
                    + "send each file as a part of its own (RFC 7578, section 4.3).",
                part: name)
        }
        let encoding = try Self.only("content-transfer-encoding", of: headers, ordinal)?.lowercased() ?? "binary"
        guard ["binary", "8bit", "7bit"].contains(encoding) else {
            throw MultipartError(
                code: .unsupportedTransferEncoding,
                message: "Part \"\(name)\" has the Content-Transfer-Encoding \(encoding); "
                    + "send its bytes as they are, without this header (RFC 7578, section 4.7).",
                part: name)
        }
    }

    private static func only(
        _ name: String, of headers: [MultipartHeader], _ ordinal: Int
    ) throws(MultipartError) -> String? {
        let found = headers.filter { $0.name.lowercased() == name }
        guard found.count < 2 else {
            throw MultipartError(
                code: .malformedHeader, message: "Part \(ordinal) has the header \(found[0].name) \(found.count) times."
            )
        }
        return found.first?.value
    }

    private static func checked(_ text: String, is kind: String, _ ordinal: Int) throws(MultipartError) -> String {
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw MultipartError(
                code: .invalidName,
                message: "The \(kind) of part \(ordinal) holds a control character: \(text.debugDescription).")
        }
        return text
    }
}
