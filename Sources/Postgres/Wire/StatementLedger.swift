/// The statement texts that a client has used, with what is known about each.
struct StatementLedger {
    private var profiles: [String: StatementProfile] = [:]
    private var count = 0
    private var uses: UInt64 = 0
    private static let limit = 2048

    /// The profile of `text`, made on its first use.
    mutating func profile(of text: String) -> StatementProfile {
        uses += 1
        if let known = profiles[text] {
            known.lastUse = uses
            return known
        }
        if profiles.count >= Self.limit { forgetOldest() }
        count += 1
        let profile = StatementProfile(identifier: count, text: text)
        profile.lastUse = uses
        profiles[text] = profile
        return profile
    }

    private mutating func forgetOldest() {
        let uses = profiles.values.map(\.lastUse).sorted()
        let middle = uses[uses.count / 2]
        profiles = profiles.filter { $0.value.lastUse >= middle }
    }
}
