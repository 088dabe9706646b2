import SlipwayCore
import Testing

@testable import SlipwayServices

@Suite("Passwords")
struct PasswordTests {
    @Test("A password is known again by its hash, and only it")
    func verify() throws {
        let hash = try PasswordHasher.hash("correct horse")
        #expect(hash.hasPrefix("scrypt$15$8$1$"))
        #expect(!hash.contains("correct"))
        #expect(try PasswordHasher.verify("correct horse", against: hash))
        #expect(try !PasswordHasher.verify("correct horsf", against: hash))
        #expect(try !PasswordHasher.verify("", against: hash))
    }

    @Test("Two hashes of one password differ, by their salt")
    func salt() throws {
        #expect(try PasswordHasher.hash("same") != PasswordHasher.hash("same"))
    }

    @Test("No hash means no entrance", arguments: ["", "AAAA", "password"])
    func noHash(password: String) throws {
        #expect(try !PasswordHasher.verify(password, against: nil))
    }
}
