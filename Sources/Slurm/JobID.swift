/// A Slurm job id: a number, with the element of a job array or the component of a heterogeneous job behind it.
///
/// Slurm recycles the numbers (`MaxJobId`): together with the submit time an id is unique.
package struct JobID: Hashable, Sendable, CustomStringConvertible {
    package var number: UInt32
    /// The element's index in its job array.
    package var arrayTask: Int?
    /// The component's offset in its heterogeneous job.
    package var component: Int?

    package init(number: UInt32, arrayTask: Int? = nil, component: Int? = nil) {
        self.number = number
        self.arrayTask = arrayTask
        self.component = component
    }

    /// Reads `12`, `12_3`, `12+1`; `12_[4-9]`, the part of an array that still waits, reads as `12`.
    ///
    /// nil where the text is none of these.
    package init?(_ text: some StringProtocol) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = UInt32(digits), number > 0 else { return nil }
        let rest = text[digits.endIndex...]
        switch rest.first {
        case nil: self.init(number: number)
        case "_" where rest.dropFirst().first == "[" && rest.last == "]": self.init(number: number)
        case "_":
            guard let index = Self.index(rest.dropFirst()) else { return nil }
            self.init(number: number, arrayTask: index)
        case "+":
            guard let offset = Self.index(rest.dropFirst()) else { return nil }
            self.init(number: number, component: offset)
        default: return nil
        }
    }

    package var description: String {
        var text = "\(number)"
        if let arrayTask { text += "_\(arrayTask)" }
        if let component { text += "+\(component)" }
        return text
    }

    private static func index(_ text: some StringProtocol) -> Int? {
        text.allSatisfy { $0.isASCII && $0.isNumber } ? Int(text) : nil
    }
}
