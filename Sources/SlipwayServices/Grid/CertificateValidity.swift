import Foundation

/// From when until when a certificate holds (RFC 5280, 4.1.2.5).
///
/// Nothing else of the certificate is looked at: what key it has and who signed it is for the storage to judge, which
/// takes proxies with keys and signatures that libraries for the web refuse.
struct CertificateValidity: Sendable, Hashable {
    let begin: Date
    let end: Date

    /// - Parameter der: A certificate in DER; nil is returned for anything else.
    init?(der: Data) {
        var file = DERReader(der)
        guard var certificate = file.next(.sequence), file.isAtEnd, var signed = certificate.next(.sequence) else {
            return nil
        }
        // The version is left out where it is 1.
        signed.skip(.version)
        guard signed.next(.integer) != nil, signed.next(.sequence) != nil, signed.next(.sequence) != nil,
            var validity = signed.next(.sequence), let begin = Self.time(&validity), let end = Self.time(&validity)
        else { return nil }
        self.begin = begin
        self.end = end
    }

    private static func time(_ reader: inout DERReader) -> Date? {
        if let time = reader.next(.utcTime) {
            guard let digits = digits(time.rest, count: 12) else { return nil }
            let year = digits[0] * 10 + digits[1]
            return date(year: year < 50 ? 2000 + year : 1900 + year, digits[2...])
        }
        guard let time = reader.next(.generalizedTime), let digits = digits(time.rest, count: 14) else { return nil }
        return date(year: digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3], digits[4...])
    }

    /// The digits before a final `Z`, nothing else being allowed.
    private static func digits(_ text: ArraySlice<UInt8>, count: Int) -> [Int]? {
        guard text.count == count + 1, text.last == UInt8(ascii: "Z") else { return nil }
        let digits = text.dropLast().map { Int($0) - Int(UInt8(ascii: "0")) }
        return digits.allSatisfy { (0...9).contains($0) } ? digits : nil
    }

    /// - Parameter digits: Two each for month, day, hour, minute and second.
    private static func date(year: Int, _ digits: ArraySlice<Int>) -> Date? {
        let fields = stride(from: digits.startIndex, to: digits.endIndex, by: 2).map {
            digits[$0] * 10 + digits[$0 + 1]
        }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let components = DateComponents(
            calendar: calendar, year: year, month: fields[0], day: fields[1], hour: fields[2], minute: fields[3],
            second: fields[4])
        return components.isValidDate ? components.date : nil
    }
}
