extension BatchJob {
    /// Throws `unsafeValue` for a value that could not reach the job as it is.
    func check() throws(SlurmError) {
        let paths = [
            ("task folder", taskFolder), ("attempt folder", attemptFolder), ("files folder", filesFolder),
            ("output folder", outputFolder), ("log", logPath), ("dataset", inputPath), ("image", imagePath),
            ("parameters", paramsPath),
        ]
        let earlier = earlierOutput.map { [("earlier output", $0)] } ?? []
        for (role, path) in paths + earlier + (readOnlyBinds + writableBinds).map({ ("bind", $0) }) {
            try checkPath(path, role: role)
        }
        for (role, path) in paths[1...3] + [paths[7]] + earlier
        where path != taskFolder && !path.hasPrefix(taskFolder + "/") {
            throw SlurmError(.unsafeValue, "the \(role) \(path) is not in the task's folder \(taskFolder)")
        }
        guard !entrypoint.isEmpty, !entrypoint.contains("/"), entrypoint.first != "-" else {
            throw SlurmError(
                .unsafeValue,
                "the entrypoint \(String(reflecting: entrypoint)) is not a file name: one without \"/\" that does not begin with \"-\" would be right"
            )
        }
        for (name, _) in environment where !Self.isVariableName(name) {
            throw SlurmError(
                .unsafeValue,
                "\(String(reflecting: name)) is no name of an environment variable: letters, digits and _, a letter first"
            )
        }
        for (role, number) in [
            ("time limit", timeLimitMinutes), ("memory", memoryMegabytes), ("cpus", cpus),
            ("signal's lead", signalSeconds),
        ] {
            if let number, number < 1 {
                throw SlurmError(.unsafeValue, "the \(role) is \(number); at least 1 is right")
            }
        }
        // sbatch(1), --signal
        if let signalSeconds, signalSeconds > Self.longestSignalSeconds {
            throw SlurmError(
                .unsafeValue,
                "the signal's lead is \(signalSeconds) seconds; at most \(Self.longestSignalSeconds) is right")
        }
        for nodes in excludedNodes where !HostList.isPlain(nodes) {
            throw SlurmError(
                .unsafeValue,
                "\(String(reflecting: nodes)) names no nodes: letters, digits, \".\", \"_\", \"-\" and ranges such as n[1-3] are right"
            )
        }
        try ShellQuoting.refuseControlCharacters(name)
    }

    /// The longest time that `--signal` takes.
    static let longestSignalSeconds = 65_535

    private func checkPath(_ path: String, role: String) throws(SlurmError) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        guard path.hasPrefix("/"), !parts.contains(".."), !parts.contains("."), !parts.contains("") else {
            throw SlurmError(
                .unsafeValue,
                "the path of the \(role), \(String(reflecting: path)), is not absolute and plain: /a/b without . and .. is right"
            )
        }
        // Apptainer's --bind separates with : and ,; sbatch takes a backslash in --output as a command.
        if let character = path.first(where: { ":,\\".contains($0) }) {
            throw SlurmError(
                .unsafeValue,
                "the path of the \(role), \(String(reflecting: path)), holds \"\(character)\", which containers cannot be given; choose a path without : , and \\"
            )
        }
    }

    private static func isVariableName(_ name: String) -> Bool {
        let scalars = name.unicodeScalars
        guard let first = scalars.first, first == "_" || ("A"..."Z").contains(first) || ("a"..."z").contains(first)
        else { return false }
        return scalars.allSatisfy {
            $0 == "_" || ("A"..."Z").contains($0) || ("a"..."z").contains($0) || ("0"..."9").contains($0)
        }
    }
}
