package import Foundation

/// A user; never with a password or its hash.
package struct UserAnswer: Codable, Sendable {
    package var name: String
    /// `admin`, `user` or `viewer`.
    package var role: String
    /// Slurm accounts that the user may not charge.
    package var refusedAccounts: [String]
    package var createdAt: Date

    enum CodingKeys: String, CodingKey {
        case name, role
        case refusedAccounts = "refused_accounts"
        case createdAt = "created_at"
    }

    package init(name: String, role: String, refusedAccounts: [String], createdAt: Date) {
        self.name = name
        self.role = role
        self.refusedAccounts = refusedAccounts
        self.createdAt = createdAt
    }
}
