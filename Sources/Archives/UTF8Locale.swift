import Glibc

/// Runs a body with the calling thread's character set at UTF-8, whatever the process was started with.
///
/// libarchive converts the names of pax headers into the thread's character set and loses letters in plain "C".
func withUTF8Locale<Result>(_ body: () throws(ArchiveError) -> Result) throws(ArchiveError) -> Result {
    // LC_CTYPE_MASK is a macro over an enum, which is not imported.
    let characterTypeMask: Int32 = 1 << 0
    guard let locale = newlocale(characterTypeMask, "C.UTF-8", nil) else { return try body() }
    let previous = uselocale(locale)
    defer {
        uselocale(previous)
        freelocale(locale)
    }
    return try body()
}
