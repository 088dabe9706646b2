import SlipwayCore

extension TaskFolder {
    /// What an entry of the task's folder belongs to: `job_*.txt` to the log, all else to the files.
    static func part(of name: [UInt8], isFolder: Bool) -> TaskPart {
        let isLog = !isFolder && name.starts(with: "job_".utf8) && name.suffix(4).elementsEqual(".txt".utf8)
        return isLog ? .log : .files
    }

    /// Bytes of one part. Blocks.
    func bytes(of part: TaskPart) -> Int64 {
        FolderRemoval.measure(path) { Self.part(of: $0, isFolder: $1) == part }
    }

    /// Removes parts, and the folder once it is empty. Blocks.
    ///
    /// - Returns: Bytes that each part held.
    func remove(_ parts: Set<TaskPart>, stop: StopSign) throws -> [TaskPart: Int64] {
        var bytes: [TaskPart: Int64] = [:]
        // The part that is counted first leaves the folder to the other.
        for part in TaskPart.allCases where parts.contains(part) {
            bytes[part] = try FolderRemoval.remove(path, stop: stop) { Self.part(of: $0, isFolder: $1) == part }
        }
        return bytes
    }
}
