/// Quotes text so that sbatch takes it as one value of a `#SBATCH` line, unchanged.
///
/// sbatch reads these lines itself, by rules that are not the shell's: a backslash escapes inside both kinds of quotes,
/// an escaped blank ends a word where it is not in quotes, `#` outside quotes begins a comment, and the words `hetjob`
/// and `packjob` are blanked wherever they stand.
enum DirectiveQuoting {
    /// The text in double quotes, quotes and backslashes in it escaped; as it is where it needs no quotes.
    ///
    /// Throws `unsafeValue` where the text is empty, has a control character or one of the two words.
    static func quote(_ text: String) throws(SlurmError) -> String {
        try ShellQuoting.refuseControlCharacters(text)
        guard !text.isEmpty else {
            throw SlurmError(.unsafeValue, "an empty value stands in a #SBATCH line; guard the line with {{?name}}")
        }
        let lower = text.lowercased()
        if let word = ["hetjob", "packjob"].first(where: { lower.contains($0) }) {
            throw SlurmError(
                .unsafeValue,
                "\(String(reflecting: text)) holds \"\(word)\", a word that sbatch removes from #SBATCH lines; choose a name without it"
            )
        }
        if text.unicodeScalars.allSatisfy(isPlain) { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "A"..."Z", "a"..."z", "0"..."9", "_", "-", ".", "/", ":", "=", ",", "@", "%", "+": true
        default: false
        }
    }
}
