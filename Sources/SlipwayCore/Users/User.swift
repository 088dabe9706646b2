package import Foundation

/// What a user may do.
package enum Role: String, Sendable, Hashable, Codable, CaseIterable {
    /// Everything, and everybody's tasks.
    case admin
    /// Submit, and own tasks.
    case user
    /// Look at own tasks and at models; change nothing.
    case viewer
}

/// A person or program that may call the server. Never carries a password or its hash.
package struct User: Sendable, Identifiable, Hashable {
    package struct ID: Sendable, Hashable, Codable {
        package var number: Int64
        package init(_ number: Int64) { self.number = number }
    }

    package var id: ID
    package var name: String
    package var role: Role
    /// Slurm accounts that this user may not charge.
    package var refusedAccounts: [String]
    package var createdAt: Date

    package init(id: ID, name: String, role: Role, refusedAccounts: [String], createdAt: Date) {
        self.id = id
        self.name = name
        self.role = role
        self.refusedAccounts = refusedAccounts
        self.createdAt = createdAt
    }

    /// Whose rows the store shows to this user.
    package var viewer: Viewer { role == .admin ? .everything : .owner(id) }
}

/// Whose tasks a query may see; part of every such query, so that ownership is checked where the rows are.
package enum Viewer: Sendable, Hashable {
    case everything
    case owner(User.ID)
}

/// A token that programs send instead of a password; its secret was shown once, the store keeps a hash.
package struct APIToken: Sendable, Identifiable {
    package var id: Int64
    package var name: String
    package var createdAt: Date
    package var lastUsedAt: Date?
    package var expiresAt: Date?

    package init(id: Int64, name: String, createdAt: Date, lastUsedAt: Date?, expiresAt: Date?) {
        self.id = id
        self.name = name
        self.createdAt = createdAt
        self.lastUsedAt = lastUsedAt
        self.expiresAt = expiresAt
    }
}
