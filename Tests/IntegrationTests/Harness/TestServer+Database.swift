extension TestServer {
    /// Runs SQL on the server's private PostgreSQL, which goes on where the server was killed.
    ///
    /// - Returns: Rows as lines, columns parted by `|`.
    @discardableResult
    func sql(_ text: String) async throws -> String {
        let answer = try await Command(
            program: environment.postgresBinaries + "/psql",
            arguments: [
                "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", folder + "/postgres/socket", "-U", "slipway",
                "-d", "slipway", "-c", text,
            ]
        ).succeed()
        return answer.trimmingSuffix("\n")
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
