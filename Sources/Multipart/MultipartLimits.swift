/// How much a multipart body may hold; nil is no limit.
package struct MultipartLimits: Sendable, Equatable {
    /// The most parts in one body.
    package var maximumParts: Int
    /// The most bytes of one part's header block, its delimiter's padding and blank line included.
    package var maximumHeaderBytes: Int
    /// The most bytes of one part's content.
    package var maximumPartBytes: Int64?
    /// The most bytes of a part without a file name: a form value, which its reader keeps in memory.
    package var maximumFieldBytes: Int64?
    /// The most bytes of the body, from its preamble to its epilogue.
    package var maximumTotalBytes: Int64?

    package init(
        maximumParts: Int = 100,
        maximumHeaderBytes: Int = 16 * 1024,
        maximumPartBytes: Int64? = nil,
        maximumFieldBytes: Int64? = 1024 * 1024,
        maximumTotalBytes: Int64? = nil
    ) {
        self.maximumParts = maximumParts
        self.maximumHeaderBytes = maximumHeaderBytes
        self.maximumPartBytes = maximumPartBytes
        self.maximumFieldBytes = maximumFieldBytes
        self.maximumTotalBytes = maximumTotalBytes
    }
}
