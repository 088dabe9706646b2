import Foundation
import SlipwayCore

/// The file that holds the webhooks' key, made when it is first wanted. All calls block.
package struct WebhookSecretFile: Sendable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// - Throws: `SlipwayError` where the file holds something else, or cannot be read or made.
    package func secret() throws -> WebhookSecret {
        if let secret = try read() { return secret }
        try create()
        guard let secret = try read() else {
            throw SlipwayError(.internal, "The webhooks' key \(path) was made and is not there.")
        }
        return secret
    }

    /// - Returns: nil where there is no file.
    private func read() throws -> WebhookSecret? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT { return nil }
        guard descriptor >= 0 else { throw DurableFiles.failure("open", path) }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = Foundation.read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { throw DurableFiles.failure("read", path) }
        let text = String(decoding: bytes[..<count], as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard let secret = WebhookSecret(text) else {
            throw SlipwayError(
                .internal,
                "The file \(path) must hold whsec_ and the base64 of 24 to 64 random bytes, but holds something else.")
        }
        return secret
    }

    /// Several servers may do this at once: the first one's key stays.
    private func create() throws {
        let temporary = "\(path).\(UUID().uuidString)"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw DurableFiles.failure("open", temporary) }
        defer {
            close(descriptor)
            unlink(temporary)
        }
        var line = WebhookSecret.random().text + "\n"
        try line.withUTF8 { bytes in
            try DurableFiles.writeAll(UnsafeRawBufferPointer(bytes), to: descriptor, path: temporary)
        }
        guard fsync(descriptor) == 0 else { throw DurableFiles.failure("fsync", temporary) }
        // Unlike a rename, a link never takes the place of what is there.
        guard link(temporary, path) == 0 || errno == EEXIST else { throw DurableFiles.failure("link", path) }
    }
}
