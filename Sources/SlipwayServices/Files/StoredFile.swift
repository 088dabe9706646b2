package import Foundation
import SlipwayCore

/// A regular file that a user may read.
package struct StoredFile: Sendable {
    package var path: String
    /// Its name for a download.
    package var name: String
    package var bytes: Int64
    package var modifiedAt: Date

    /// - Returns: nil where there is no regular file; links are not followed.
    static func at(_ path: String, name: String? = nil) -> StoredFile? {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return StoredFile(
            path: path, name: name ?? FileNames.lastComponent(path), bytes: Int64(status.st_size),
            modifiedAt: Date(timeIntervalSince1970: Double(status.st_mtim.tv_sec)))
    }
}
