import Glibc

/// An open file descriptor that is closed when it goes.
struct FileHandle: ~Copyable {
    let descriptor: Int32

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Opens a file or folder by its path; close-on-exec always.
    static func open(_ path: String, flags: Int32, mode: mode_t = 0) throws(ArchiveError) -> FileHandle {
        let descriptor = retryingInterrupts { Glibc.open(path, flags | O_CLOEXEC, mode) }
        guard descriptor >= 0 else { throw .system("open", path: path) }
        return FileHandle(descriptor: descriptor)
    }

    /// Opens one component below this folder, never through a link; nil with `errno` set where it fails.
    func openBelow(_ name: String, flags: Int32, mode: mode_t = 0) -> FileHandle? {
        let descriptor = retryingInterrupts {
            openat(self.descriptor, name, flags | O_CLOEXEC | O_NOFOLLOW, mode)
        }
        return descriptor >= 0 ? FileHandle(descriptor: descriptor) : nil
    }

    /// Another descriptor of the same open file.
    func duplicate() throws(ArchiveError) -> FileHandle {
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { throw .system("fcntl", path: nil) }
        return FileHandle(descriptor: copy)
    }

    /// Gives the descriptor away, to be closed by whoever takes it.
    consuming func release() -> Int32 {
        let descriptor = descriptor
        discard self
        return descriptor
    }

    func synchronize(_ path: String) throws(ArchiveError) {
        guard retryingInterrupts({ fsync(descriptor) }) == 0 else { throw .system("fsync", path: path) }
    }

    func writeAll(_ bytes: UnsafeRawBufferPointer, path: String) throws(ArchiveError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = retryingInterrupts { write(descriptor, rest.baseAddress, rest.count) }
            guard count > 0 else { throw .system("write", path: path) }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        }
    }

    /// Fills the buffer from its start; 0 at the end of the file.
    func read(into buffer: UnsafeMutableRawBufferPointer, path: String) throws(ArchiveError) -> Int {
        let count = retryingInterrupts { Glibc.read(descriptor, buffer.baseAddress, buffer.count) }
        guard count >= 0 else { throw .system("read", path: path) }
        return count
    }
}

/// Repeats a system call that a signal interrupted.
func retryingInterrupts<Result: SignedInteger>(_ call: () -> Result) -> Result {
    while true {
        let result = call()
        if result != -1 || errno != EINTR { return result }
    }
}
