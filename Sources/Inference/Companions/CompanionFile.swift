internal import Foundation
internal import SlipwayCore

/// A file beside a model, read whole and with care: it comes from an archive that anybody may have packed.
struct CompanionFile {
    /// Its path among the version's files, for messages.
    let path: String
    let data: Data

    /// Reads a file of a version without following a link on the way to it.
    ///
    /// - Parameter limit: Bytes that it may have.
    /// - Throws: `InferenceError` with `loadFailed` for what is no regular file, cannot be read, or is longer.
    init(_ path: String, of files: VersionFiles, limit: Int) throws {
        self.path = path
        let descriptor = Self.open(path, in: files.folder)
        guard descriptor >= 0 else { throw Self.failure(path, "cannot be opened as a file (links are not followed)") }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw Self.failure(path, "is not a regular file")
        }
        guard status.st_size <= limit else {
            throw Self.failure(path, "is \(status.st_size) bytes long; at most \(limit) are taken")
        }
        do {
            // One byte more than is allowed shows a file that grew meanwhile.
            data = try handle.read(upToCount: limit + 1) ?? Data()
        } catch {
            throw Self.failure(path, "cannot be read")
        }
        guard data.count <= limit else { throw Self.failure(path, "is longer than \(limit) bytes") }
    }

    /// Reads JSON as Python writes it: NaN and Infinity may stand bare. Members that are not asked for may be there.
    ///
    /// - Throws: `InferenceError` with `loadFailed` that names the file and the member.
    func json<Value: Decodable>(_ type: Value.Type = Value.self, signature: ModelSignature? = nil) throws -> Value {
        let decoder = JSONDecoder()
        decoder.allowsJSON5 = true
        if let signature { decoder.userInfo[.signature] = signature }
        do {
            return try decoder.decode(type, from: data)
        } catch let error as DecodingError {
            throw failure(Self.words(error))
        }
    }

    /// The file as text.
    func text() throws -> String {
        guard let text = String(data: data, encoding: .utf8) else { throw failure("is not UTF-8") }
        return text
    }

    /// An error about this file; `problem` goes on from its name.
    func failure(_ problem: String) -> InferenceError { Self.failure(path, problem) }

    private static func failure(_ path: String, _ problem: String) -> InferenceError {
        InferenceError(.loadFailed, "\(path) beside the model \(problem)")
    }

    private static func open(_ path: String, in folder: String) -> Int32 {
        let names = path.split(separator: "/")
        guard let last = names.last, !path.utf8.contains(0), names.allSatisfy({ $0 != ".." }) else { return -1 }
        let stepFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        var step = Foundation.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        for name in names.dropLast() where step >= 0 {
            let next = openat(step, String(name), stepFlags)
            close(step)
            step = next
        }
        guard step >= 0 else { return -1 }
        defer { close(step) }
        // A pipe in the place of a file must not make the opening wait for its writer.
        return openat(step, String(last), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    }

    private static func words(_ error: DecodingError) -> String {
        switch error {
        case .typeMismatch(let type, let context): "has \(member(context)) that is not \(name(type))"
        case .valueNotFound(let type, let context): "has null for \(member(context)); it must be \(name(type))"
        case .keyNotFound(let key, let context):
            "has no member \"\(path(context.codingPath + [key]))\""
        case .dataCorrupted(let context) where context.codingPath.isEmpty: "is not JSON"
        case .dataCorrupted(let context): "has \(member(context)) that cannot be used: \(context.debugDescription)"
        @unknown default: "cannot be used: \(error)"
        }
    }

    private static func member(_ context: DecodingError.Context) -> String {
        context.codingPath.isEmpty ? "content" : "a member \"\(path(context.codingPath))\""
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.reduce(into: "") { path, key in
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += path.isEmpty ? key.stringValue : "." + key.stringValue
            }
        }
    }

    private static func name(_ type: any Any.Type) -> String {
        switch type {
        case is String.Type: "text"
        case is Int.Type: "a whole number"
        case is Double.Type, is Float.Type: "a number"
        case is Bool.Type: "true or false"
        case is [Any].Type: "a list"
        case is [String: Any].Type: "an object"
        default: "of the type \(type)"
        }
    }
}

extension CodingUserInfoKey {
    /// The signature of the model that the file lies beside.
    static let signature = CodingUserInfoKey(rawValue: "signature")!
}
