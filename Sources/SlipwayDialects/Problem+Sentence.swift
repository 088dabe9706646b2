import SlipwayAPI
import SlipwayServer

extension Problem {
    /// All of it as one text, for the dialects that have a single place for what was wrong.
    var sentence: String {
        guard !fields.isEmpty else { return detail }
        // A problem with one field says it in its detail already, as a rule.
        let further = fields.filter { !detail.contains($0.message) }.map { "“\($0.path)” \($0.message)" }
        return ([detail] + further).joined(separator: " ")
    }
}
