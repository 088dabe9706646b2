/// Names that may each stand once; the first of them, mostly the only one, costs no set.
struct DistinctNames {
    private var first: String?
    private var others: Set<String> = []

    /// Notes a name; false where it was there before.
    mutating func insert(_ name: String) -> Bool {
        guard let first else {
            first = name
            return true
        }
        return name != first && others.insert(name).inserted
    }
}
