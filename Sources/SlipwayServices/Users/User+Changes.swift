import SlipwayCore

extension User {
    /// Refuses a viewer.
    ///
    /// - Parameter words: What a viewer may and may not, after “may look but”.
    /// - Throws: `SlipwayError` of code `forbidden`.
    func mayChange(_ words: String) throws {
        guard role != .viewer else { throw SlipwayError(.forbidden, "The role “viewer” may look but \(words).") }
    }
}
