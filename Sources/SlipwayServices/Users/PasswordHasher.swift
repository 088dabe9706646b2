import Crypto
import CryptoExtras
import Foundation
import SlipwayCore

/// Passwords as scrypt hashes (RFC 7914), in the form `scrypt$LOGN$R$P$SALT$HASH`. Blocks for about a tenth of a second
/// and takes 32 MB while it does.
enum PasswordHasher {
    private static let logRounds = 15
    private static let blockSize = 8
    private static let parallelism = 1

    static func hash(_ password: String) throws -> String {
        let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
        let key = try derive(password, salt: salt, logRounds: logRounds, blockSize: blockSize, parallelism: parallelism)
        return
            "scrypt$\(logRounds)$\(blockSize)$\(parallelism)$\(Data(salt).base64EncodedString())$\(key.base64EncodedString())"
    }

    /// Takes the same time for a right and a wrong password, and for no hash at all.
    static func verify(_ password: String, against hash: String?) throws -> Bool {
        let decoy = "scrypt$\(logRounds)$\(blockSize)$\(parallelism)$AAAAAAAAAAAAAAAAAAAAAA==$AAAA"
        let fields = (hash ?? decoy).split(separator: "$").map(String.init)
        guard fields.count == 6, fields[0] == "scrypt", let logRounds = Int(fields[1]), let blockSize = Int(fields[2]),
            let parallelism = Int(fields[3]), let salt = Data(base64Encoded: fields[4]),
            let expected = Data(base64Encoded: fields[5]), (1...24).contains(logRounds)
        else { throw SlipwayError(.internal, "A stored password hash cannot be read.") }
        let key = try derive(
            password, salt: Array(salt), logRounds: logRounds, blockSize: blockSize, parallelism: parallelism)
        var difference = UInt8(key.count == expected.count ? 0 : 1)
        for (left, right) in zip(key, expected) { difference |= left ^ right }
        return difference == 0 && hash != nil
    }

    private static func derive(
        _ password: String, salt: [UInt8], logRounds: Int, blockSize: Int, parallelism: Int
    ) throws -> Data {
        let key = try KDF.Scrypt.deriveKey(
            from: Data(password.utf8), salt: salt, outputByteCount: 32, rounds: 1 << logRounds, blockSize: blockSize,
            parallelism: parallelism)
        return key.withUnsafeBytes { Data($0) }
    }
}
