import Foundation
import Synchronization

/// The site's proxy on disk, parsed once as long as the file stays the same.
final class GridProxyFile: Sendable {
    let path: String
    private let known = Mutex<(mark: FileMark, content: Result<GridProxy, GridProxyFault>)?>(nil)

    init(path: String) {
        self.path = path
    }

    /// What the file holds now. Blocks.
    func read() throws(GridProxyFault) -> GridProxy {
        // A pipe in its place must not make the opening wait.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw errno == ENOENT ? .missing : .unreadable(String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(String(cString: strerror(errno))) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular }
        let mark = FileMark(status)
        if let content = known.withLock({ $0?.mark == mark ? $0?.content : nil }) { return try content.get() }
        let content = Result { () throws(GridProxyFault) in try Self.parse(descriptor, status) }
        known.withLock { $0 = (mark, content) }
        return try content.get()
    }

    /// Whether the proxy serves a job that begins now. Blocks.
    ///
    /// - Parameter minutes: The job's time limit; nil where it is not known, and no end but a past one is a fault.
    func check(now: Date, minutes: Int?) throws(GridProxyFault) -> GridProxy {
        let proxy = try read()
        guard proxy.beginsAt <= now else { throw .early(begin: proxy.beginsAt) }
        guard proxy.endsAt > now else { throw .expired(end: proxy.endsAt, now: now) }
        if let minutes, proxy.endsAt < now.addingTimeInterval(Double(minutes) * 60) {
            throw .endsEarly(end: proxy.endsAt, now: now, minutes: minutes)
        }
        return proxy
    }

    /// When the file was written last; nil where there is none. Blocks.
    var writtenAt: Date? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Date(timeIntervalSince1970: Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9)
    }

    private static func parse(_ descriptor: Int32, _ status: stat) throws(GridProxyFault) -> GridProxy {
        // XRootD's client takes no key that others can read.
        let mode = UInt32(status.st_mode) & 0o777
        guard mode & 0o066 == 0 else { throw .exposed(mode: mode) }
        guard status.st_size <= GridProxy.limit else { throw .tooLarge(bytes: Int64(status.st_size)) }
        var data = Data(count: Int(status.st_size))
        let filled = data.withUnsafeMutableBytes { memory in
            var filled = 0
            while filled < memory.count {
                let count = pread(descriptor, memory.baseAddress?.advanced(by: filled), memory.count - filled, filled)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                filled += count
            }
            return filled
        }
        return try GridProxy(pem: data.prefix(filled))
    }
}
