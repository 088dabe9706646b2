import Crypto
package import Foundation
package import SlipwayCore

/// Users, passwords and tokens.
package struct UserService: Sendable {
    let store: any UserStore
    /// Nil in a program that ends before anything could change.
    let directory: UserDirectory?

    package init(store: any UserStore) {
        self.init(store: store, directory: nil)
    }

    init(store: any UserStore, directory: UserDirectory?) {
        self.store = store
        self.directory = directory
    }

    /// - Throws: `SlipwayError` of code `unauthenticated`, the same for an unknown name and a wrong password.
    package func authenticate(name: String, password: String) async throws -> User {
        let user = try await store.user(name)
        let hash = if let user { try await store.passwordHash(of: user.id) } else { String?.none }
        let isRight = try await BlockingIO.run(on: .password) { try PasswordHasher.verify(password, against: hash) }
        guard let user, isRight else { throw SlipwayError(.unauthenticated, "The user name or the password is wrong.") }
        return user
    }

    /// - Throws: `SlipwayError` of code `unauthenticated` for a token that is unknown, revoked or past its time.
    package func authenticate(token: String) async throws -> User {
        let hash = Self.hash(token)
        let found =
            if let directory { try await directory.user(tokenHash: hash) } else {
                try await store.user(tokenHash: hash)
            }
        guard let user = found else {
            throw SlipwayError(.unauthenticated, "The token is not valid: it is unknown, revoked, or past its time.")
        }
        return user
    }

    /// The user of a token that was good a moment ago; nil where that has to be looked up.
    package func recentUser(token: String) -> User? { directory?.copy(tokenHash: Self.hash(token)) }

    package func user(_ id: User.ID) async throws -> User? {
        if let directory { return try await directory.user(id) }
        return try await store.user(id)
    }

    package func user(named name: String) async throws -> User? { try await store.user(name) }

    package func list() async throws -> [User] { try await store.users() }

    /// The key that signs login tokens, the same for all servers on one database.
    package func signingKey() async throws -> [UInt8] {
        try await store.signingKey(orInsert: Self.randomBytes(32))
    }

    /// - Parameter password: Nil for a user that only has tokens.
    package func add(name: String, role: Role, password: String?, refusedAccounts: [String]) async throws -> User {
        let faults = Self.faults(name: name) + (password.map(Self.faults(password:)) ?? [])
        guard faults.isEmpty else { throw SlipwayError(.invalid, "The user cannot be added.", faults: faults) }
        let hash =
            if let password { try await BlockingIO.run(on: .password) { try PasswordHasher.hash(password) } } else {
                String?.none
            }
        guard
            let user = try await store.insert(
                name: name, role: role, passwordHash: hash, refusedAccounts: refusedAccounts)
        else { throw SlipwayError(.conflict, "There is a user “\(name)” already.") }
        return user
    }

    package func setPassword(_ password: String, of name: String) async throws {
        let faults = Self.faults(password: password)
        guard faults.isEmpty else { throw SlipwayError(.invalid, "The password was not changed.", faults: faults) }
        let user = try await known(name)
        let hash = try await BlockingIO.run(on: .password) { try PasswordHasher.hash(password) }
        try await store.setPasswordHash(hash, of: user.id)
        directory?.changed()
    }

    /// Makes a token; its secret is known to nobody after this.
    package func createToken(
        for name: String, tokenName: String, expiresAt: Date? = nil
    ) async throws -> (token: APIToken, secret: String) {
        let user = try await known(name)
        let secret = "slw_" + Self.randomBytes(32).hex
        let token = try await store.insertToken(
            of: user.id, name: tokenName, hash: Self.hash(secret), expiresAt: expiresAt)
        return (token, secret)
    }

    package func tokens(of name: String) async throws -> [APIToken] {
        try await store.tokens(of: known(name).id)
    }

    package func revokeToken(_ id: Int64, of name: String) async throws {
        guard try await store.revokeToken(id, of: known(name).id) else {
            throw SlipwayError(.notFound, "“\(name)” has no token \(id) that could be revoked.")
        }
        directory?.changed()
    }

    private func known(_ name: String) async throws -> User {
        guard let user = try await store.user(name) else {
            throw SlipwayError(.notFound, "There is no user “\(name)”.")
        }
        return user
    }

    private static func faults(name: String) -> [FieldFault] {
        let isRight =
            (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ":") }
        return isRight
            ? []
            : [
                FieldFault(
                    path: "name", value: name,
                    message: "must be 1 to 64 visible ASCII characters other than “/” and “:”")
            ]
    }

    private static func faults(password: String) -> [FieldFault] {
        (8...1024).contains(password.utf8.count)
            ? [] : [FieldFault(path: "password", message: "must have 8 to 1024 bytes")]
    }

    private static func hash(_ secret: String) -> [UInt8] {
        Array(SHA256.hash(data: Data(secret.utf8)))
    }

    private static func randomBytes(_ count: Int) -> [UInt8] {
        SymmetricKey(size: SymmetricKeySize(bitCount: count * 8)).withUnsafeBytes { Array($0) }
    }
}
