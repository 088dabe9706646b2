import SlipwayCore

/// What a task becomes of a folder.
struct SubmittedProcess: Sendable {
    var process: NewProcess
    /// SHA-256 of what the user asked for. The task's own files hold the process's number, which is another at each try.
    var digest: [UInt8]
}

/// The folder has another version or another last process than the submission was written for.
struct ProcessNumberTaken: Error {}
