/// A batch script's template.
///
/// `{{name}}` becomes the value of that name, quoted: for sbatch in `#SBATCH` lines, for the shell elsewhere; a list
/// becomes any number of shell words. A line that begins with `{{?name}}` is left out where the job has no such value.
/// Nothing else in the text is special.
package struct BatchScript: Sendable {
    private struct Line {
        var guards: [Placeholder]
        var pieces: [Piece]
        var isDirective: Bool
    }

    private enum Piece {
        case text(String)
        case placeholder(Placeholder)
    }

    private var lines: [Line]

    /// Reads a template.
    ///
    /// Throws `malformedTemplate` where it does not begin with `#!` or has a placeholder that is unclosed or of an
    /// unknown name.
    package init(template: String) throws(SlurmError) {
        guard template.hasPrefix("#!") else {
            throw SlurmError(
                .malformedTemplate, "the batch script's template does not begin with #!, such as #!/bin/bash")
        }
        guard !template.unicodeScalars.contains(where: { $0 == "\r" || $0 == "\0" }) else {
            throw SlurmError(
                .malformedTemplate,
                "the batch script's template has carriage returns or NUL; save it with Unix line ends")
        }
        lines = []
        for (index, text) in template.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            lines.append(try Self.line(text, number: index + 1))
        }
    }

    /// The script for a job.
    ///
    /// Throws `unsafeValue` for a value that cannot be in a batch script or would not reach the job as it is.
    package func render(_ job: BatchJob) throws(SlurmError) -> String {
        try job.check()
        var script: [String] = []
        for line in lines where line.guards.allSatisfy({ Self.isPresent(job.value(of: $0)) }) {
            var text = ""
            for piece in line.pieces {
                switch piece {
                case .text(let part): text += part
                case .placeholder(let placeholder):
                    text += try Self.quoted(job.value(of: placeholder), inDirective: line.isDirective)
                }
            }
            script.append(text)
        }
        return script.joined(separator: "\n")
    }

    private static func isPresent(_ value: BatchJob.Value) -> Bool {
        switch value {
        case .text: true
        case .words(let words): !words.isEmpty
        case .none: false
        }
    }

    private static func quoted(_ value: BatchJob.Value, inDirective: Bool) throws(SlurmError) -> String {
        switch value {
        case .text(let text): return inDirective ? try DirectiveQuoting.quote(text) : try ShellQuoting.quote(text)
        case .none: return inDirective ? try DirectiveQuoting.quote("") : "''"
        case .words(let words):
            guard !inDirective else {
                throw SlurmError(
                    .malformedTemplate, "a list stands in a #SBATCH line of the template; one value is right")
            }
            var quoted: [String] = []
            for word in words { quoted.append(try ShellQuoting.quote(word)) }
            return quoted.joined(separator: " ")
        }
    }

    private static func line(_ text: Substring, number: Int) throws(SlurmError) -> Line {
        var line = Line(guards: [], pieces: [], isDirective: false)
        var rest = text
        while let open = rest.firstRange(of: "{{") {
            guard let close = rest[open.upperBound...].firstRange(of: "}}") else {
                throw SlurmError(
                    .malformedTemplate, "line \(number) of the template opens {{ and does not close it with }}")
            }
            let inner = rest[open.upperBound..<close.lowerBound]
            guard let placeholder = Placeholder(rawValue: String(inner.first == "?" ? inner.dropFirst() : inner)) else {
                let known = Placeholder.allCases.map(\.rawValue).sorted().joined(separator: ", ")
                throw SlurmError(
                    .malformedTemplate,
                    "line \(number) of the template has the unknown placeholder {{\(inner)}}; known are \(known)")
            }
            let before = rest[..<open.lowerBound]
            if inner.first == "?" {
                guard before.isEmpty, line.pieces.isEmpty else {
                    throw SlurmError(
                        .malformedTemplate,
                        "line \(number) of the template has {{\(inner)}} in its middle; it belongs first")
                }
                line.guards.append(placeholder)
            } else {
                if !before.isEmpty { line.pieces.append(.text(String(before))) }
                line.pieces.append(.placeholder(placeholder))
            }
            rest = rest[close.upperBound...]
        }
        if !rest.isEmpty || line.pieces.isEmpty { line.pieces.append(.text(String(rest))) }
        if case .text(let first) = line.pieces.first { line.isDirective = first.hasPrefix("#SBATCH") }
        return line
    }
}
