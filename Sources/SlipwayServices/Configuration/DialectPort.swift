/// A port where one dialect alone is spoken, at its root, so that its old clients' commands work letter for letter.
package struct DialectPort: Sendable, Hashable {
    package enum Dialect: String, Sendable, CaseIterable {
        case tfaas
        case mlbuffet
        case mlaas4hep
    }

    package var dialect: Dialect
    package var listen: Configuration.ListenAddress
    /// Name of the user that requests without credentials act as; nil: they are refused as everywhere.
    package var user: String?
    /// The operator said in so many words that such requests may come from other machines, and under any name of this
    /// one.
    package var allowsAnonymousBeyondLoopback: Bool

    package init(
        dialect: Dialect, listen: Configuration.ListenAddress, user: String? = nil,
        allowsAnonymousBeyondLoopback: Bool = false
    ) {
        self.dialect = dialect
        self.listen = listen
        self.user = user
        self.allowsAnonymousBeyondLoopback = allowsAnonymousBeyondLoopback
    }
}
