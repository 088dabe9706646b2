import CPostgres
import Glibc

extension EmbeddedFolder {
    /// Makes the folders; each is for the owner alone.
    func make() throws {
        for folder in [path, logFolder, socketFolder] {
            guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
                throw PostgresError(
                    .embedded, "the folder \(folder) could not be made: \(String(cString: strerror(errno)))")
            }
            var found = stat()
            guard lstat(folder, &found) == 0, found.st_mode & S_IFMT == S_IFDIR, found.st_uid == geteuid() else {
                throw PostgresError(.embedded, "\(folder) must be a folder of the user that runs the server")
            }
            guard found.st_mode & 0o077 == 0 || chmod(folder, 0o700) == 0 else {
                throw PostgresError(.embedded, "\(folder) must be for its owner alone: chmod 700 \(folder)")
            }
        }
    }

    /// Removes the socket's folder where it is outside of ours; the next start makes it again.
    func removeShortSocketFolder() {
        if !socketFolder.hasPrefix(path) { rmdir(socketFolder) }
    }

    /// Makes the cluster where there is none; half of one, from a start that was killed, is thrown away first.
    func initialise(with binaries: PostgresBinaries) throws {
        guard version == nil else { return }
        let draft = path + "/cluster.new"
        try FileText.removeTree(draft)
        let child = try ServerProcess(
            executable: binaries.initdb,
            arguments: [
                "--pgdata=\(draft)", "--username=\(Self.user)", "--auth=trust", "--encoding=UTF8", "--locale=C",
                "--data-checksums", "--no-instructions",
            ],
            outputFile: startFile)
        let status = child.waitForEnd()
        guard status == .exited(0) else {
            throw PostgresError(.embedded, "initdb failed (\(status)): \(startMessages)")
        }
        guard rename(draft, clusterFolder) == 0 else {
            throw PostgresError(.embedded, "\(draft) could not be renamed: \(String(cString: strerror(errno)))")
        }
    }

    /// Everything that differs from PostgreSQL's defaults; fsync stays on.
    var serverArguments: [String] {
        let quotedSocketFolder =
            "\""
            + socketFolder.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
        let settings = [
            "listen_addresses=", "unix_socket_directories=\(quotedSocketFolder)", "unix_socket_permissions=0700",
            "port=5432", "max_connections=64", "jit=off", "logging_collector=on", "log_directory=\(logFolder)",
            "log_filename=postgresql-%a.log", "log_truncate_on_rotation=on", "log_rotation_age=1d",
            "log_rotation_size=0",
        ]
        return ["-D", clusterFolder] + settings.flatMap { ["-c", $0] }
    }

    /// Makes the database where it is missing; throws `.connectionLost` while the server is not ready. Blocks.
    func createDatabase() throws(PostgresError) {
        guard let handle = PQconnectdb(maintenanceURL) else {
            throw PostgresError(.system, "libpq has no memory for a connection")
        }
        defer { PQfinish(handle) }
        guard PQstatus(handle) == CONNECTION_OK else {
            throw PostgresError(.connectionLost, PostgresError.text(of: PQerrorMessage(handle)))
        }
        let created = PQexec(handle, "CREATE DATABASE \(Self.database)")
        defer { PQclear(created) }
        guard let created, PQresultStatus(created) != PGRES_COMMAND_OK else { return }
        let error = PostgresError(failed: created)
        // 42P04: it exists.
        guard error.sqlState == "42P04" else { throw error }
    }
}
