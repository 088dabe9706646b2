/// How a job's container comes to the credentials.
extension GridConfiguration {
    /// What the container sees read-only.
    ///
    /// It is the proxy's file that is bound, not its folder: the folder, as a rule `/tmp` or a home, would give the job
    /// whatever else lies there. A bound file stays the one that it was when the container started, also when a renewal
    /// puts another in its place. That is right, for what was renewed until then is bound, and no task is taken whose
    /// time limit goes beyond the proxy's end (`GridService.check`).
    var binds: [String] { [proxy, certificates] }

    /// Where grid software looks for both.
    var environment: [(name: String, value: String)] {
        [("X509_USER_PROXY", proxy), ("X509_CERT_DIR", certificates)]
    }
}
