import Foundation
import SwiftASN1

/// From when until when a certificate holds (RFC 5280, 4.1.2.5).
///
/// Nothing else of the certificate is looked at: what key it has and who signed it is for the storage to judge, which
/// takes proxies with keys and signatures that libraries for the web refuse.
struct CertificateValidity: Sendable, Hashable {
    let begin: Date
    let end: Date

    /// - Parameter der: A certificate in DER; nil is returned for anything else.
    init?(der: Data) {
        guard let file = try? DER.parse(Array(der)), var certificate = Self.members(of: file),
            var signed = certificate.next().flatMap(Self.members), var member = signed.next()
        else { return nil }
        // The version is left out where it is 1.
        if member.identifier == ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific) {
            guard let next = signed.next() else { return nil }
            member = next
        }
        // The serial number, the signature's algorithm, the issuer.
        guard member.identifier == .integer, signed.next()?.identifier == .sequence,
            signed.next()?.identifier == .sequence, var validity = signed.next().flatMap(Self.members),
            let begin = validity.next().flatMap(Self.time), let end = validity.next().flatMap(Self.time)
        else { return nil }
        self.begin = begin
        self.end = end
    }

    private static func members(of node: ASN1Node) -> ASN1NodeCollection.Iterator? {
        guard node.identifier == .sequence, case .constructed(let members) = node.content else { return nil }
        return members.makeIterator()
    }

    private static func time(_ node: ASN1Node) -> Date? {
        if let time = try? UTCTime(derEncoded: node) {
            return date(time.year, time.month, time.day, time.hours, time.minutes, time.seconds)
        }
        guard let time = try? GeneralizedTime(derEncoded: node) else { return nil }
        return date(time.year, time.month, time.day, time.hours, time.minutes, time.seconds)
    }

    private static func date(_ year: Int, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int, _ second: Int) -> Date?
    {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return DateComponents(
            calendar: calendar, year: year, month: month, day: day, hour: hour, minute: minute, second: second
        ).date
    }
}
