package import Foundation

/// Users and their credentials, as hashes.
package protocol UserStore: Sendable {
    /// Nil when the name is taken.
    func insert(name: String, role: Role, passwordHash: String?, refusedAccounts: [String]) async throws -> User?
    func users() async throws -> [User]
    func user(_ name: String) async throws -> User?
    func user(_ id: User.ID) async throws -> User?
    /// The password's hash; nil where the user has no password.
    func passwordHash(of id: User.ID) async throws -> String?
    func setPasswordHash(_ hash: String, of id: User.ID) async throws
    func insertToken(of id: User.ID, name: String, hash: [UInt8], expiresAt: Date?) async throws -> APIToken
    func tokens(of id: User.ID) async throws -> [APIToken]
    /// The user of a valid token; notes that it was used.
    func user(tokenHash: [UInt8]) async throws -> User?
    func revokeToken(_ token: Int64, of id: User.ID) async throws -> Bool
    /// Every change to a user or a token from now on, by whichever server: true where changes may have been missed.
    func changes() -> any AsyncSequence<Bool, any Error> & Sendable
    /// The key that signs the server's own login tokens, made on first use.
    func signingKey(orInsert candidate: [UInt8]) async throws -> [UInt8]
}
