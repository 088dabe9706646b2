import Glibc

/// The file types of `st_mode`, which libarchive uses too.
enum FileType {
    static let regular: mode_t = S_IFREG
    static let folder: mode_t = S_IFDIR
    static let link: mode_t = S_IFLNK
}
