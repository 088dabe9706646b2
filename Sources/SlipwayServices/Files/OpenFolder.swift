import Foundation

/// An open folder, for steps to what is in it that follow no link; closed when it goes.
struct OpenFolder: ~Copyable {
    let descriptor: Int32

    private static let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// - Returns: nil for what is not a folder that can be read; a link to one is none.
    init?(_ path: String) {
        let descriptor = open(path, Self.flags)
        guard descriptor >= 0 else { return nil }
        self.init(descriptor: descriptor)
    }

    deinit { close(descriptor) }

    /// A folder within this one.
    func folder(_ name: some StringProtocol) -> OpenFolder? {
        let descriptor = openat(self.descriptor, String(name), Self.flags)
        return descriptor >= 0 ? OpenFolder(descriptor: descriptor) : nil
    }

    /// A regular file within this folder.
    func file(_ name: some StringProtocol) -> OpenFile? {
        OpenFile(descriptor: openat(descriptor, String(name), OpenFile.flags))
    }

    /// Where a link within this folder points.
    func link(_ name: some StringProtocol) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
            let count = readlinkat(descriptor, String(name), buffer.baseAddress!, buffer.count)
            return count >= 0 ? String(decoding: UnsafeRawBufferPointer(buffer)[..<count], as: UTF8.self) : nil
        }
    }

    /// Calls `body` with the folder of an absolute path below `root`, and the path's last component. Every step from
    /// `root` on is one plain name and follows no link, whoever changes what lies there meanwhile.
    ///
    /// - Returns: nil where there is no such folder.
    static func reach<Value>(
        _ path: String, within root: String, _ body: (borrowing OpenFolder, Substring) -> Value?
    ) -> Value? {
        guard path.hasPrefix(root + "/"), !path.utf8.contains(0) else { return nil }
        let names = path.dropFirst(root.count + 1).split(separator: "/", omittingEmptySubsequences: false)
        guard let last = names.last, names.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }),
            var folder = OpenFolder(root)
        else { return nil }
        for name in names.dropLast() {
            guard let next = folder.folder(name) else { return nil }
            folder = next
        }
        return body(folder, last)
    }
}
