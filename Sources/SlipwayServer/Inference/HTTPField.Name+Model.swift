package import HTTPTypes

extension HTTPField.Name {
    /// The number of the version that an answer comes from.
    package static let slipwayModelVersion = Self("Slipway-Model-Version")!
    /// The SHA-256 of that version's archive, in hexadecimal, as `sha256` in the version's own page.
    package static let slipwayModelDigest = Self("Slipway-Model-Digest")!
}
