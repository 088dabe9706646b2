import SlipwayCore

extension UploadFolder {
    /// The trainer writes specs under such a name and renames them: a job that is at it would fail over its loss.
    private static let unfinished = ".specs-"

    /// Removes what jobs left in the folder for specs, which stays, for jobs that run have it. Blocks.
    ///
    /// - Parameter patience: A script may write as fast as its files are removed: after so long it is given up.
    /// - Throws: `SlipwayError`: `unavailable` when the time is over; for what could not be removed.
    func removeSpecs(patience: Duration) throws {
        do {
            _ = try FolderRemoval.remove(specs, stop: StopSign(deadline: .now + patience), keepsFolder: true) {
                name, _ in
                !name.starts(with: Self.unfinished.utf8)
            }
        } catch is CancellationError {
            throw SlipwayError(
                .unavailable,
                """
                Not all specs were removed within \(patience.components.seconds) s: there are very many, or a process of \
                the folder writes new ones all the time. Ask again, or cancel that process first.
                """)
        }
    }
}
