import Testing

/// An sbatch that does not do what it says, or does not say what it does.
struct LyingSbatch: Sendable, CustomTestStringConvertible {
    /// What it does, and the job's name that tells it to.
    var name: String
    /// In shell, with `submit` for the real one and `first`, which succeeds the first time.
    var text: String
    /// What the event of the submission says in the end; nil where it names the job as if nothing were wrong.
    var words: String?
    /// How many jobs accounting shows for the one attempt.
    var jobs = 1

    var testDescription: String { name }

    /// Seconds that the server waits for sbatch: more than an honest one takes, also on a busy machine.
    static let timeLimit = 8

    private static let timeout =
        "sbatch: error: Batch job submission failed: Socket timed out on send/recv operation"

    static let all = [
        LyingSbatch(
            name: "submits, then hangs", text: "submit >/dev/null; sleep 600",
            words: "did not answer within \(timeLimit) seconds"),
        LyingSbatch(
            name: "submits, then complains", text: "submit >/dev/null; echo '\(timeout)' >&2; exit 1",
            words: "Socket timed out"),
        LyingSbatch(
            name: "submits, then is killed", text: "submit >/dev/null; kill -9 $$", words: "did not answer in time"),
        LyingSbatch(
            name: "submits and says nothing", text: "submit >/dev/null; exit 0", words: "exited with 0 and named no job"
        ),
        LyingSbatch(
            name: "submits, complains and exits with 0", text: "submit >/dev/null; echo '\(timeout)' >&2; exit 0",
            words: "exited with 0 and named no job"),
        LyingSbatch(
            name: "complains and exits with 0 before it submits",
            text: "first && { echo '\(timeout)' >&2; exit 0; }; submit", words: "exited with 0 and named no job"),
        LyingSbatch(
            name: "fails before it submits",
            text:
                "first && { echo 'sbatch: error: Unable to contact slurm controller (connect failure)' >&2; exit 1; }; submit",
            words: "Unable to contact slurm controller"),
        LyingSbatch(
            name: "hangs before it submits", text: "first && exec sleep 600; submit",
            words: "did not answer within \(timeLimit) seconds"),
        LyingSbatch(name: "names the cluster", text: "id=$(submit); echo \"$id;atena02\""),
        LyingSbatch(name: "warns before the id", text: "echo 'sbatch: your quota is 90% used'; submit"),
        LyingSbatch(
            name: "warns after the id", text: "submit; echo 'sbatch: your quota is 90% used'",
            words: "exited with 0 and named no job"),
        LyingSbatch(name: "warns on standard error", text: "echo 'sbatch: warning: no such luck' >&2; submit"),
        LyingSbatch(name: "is not parsable", text: "id=$(submit); echo \"Submitted batch job $id\""),
        LyingSbatch(name: "submits and exits with 1", text: "submit; echo 'sbatch: error: late' >&2; exit 1"),
        LyingSbatch(name: "submits twice and names the first", text: "submit; submit >/dev/null", jobs: 2),
        LyingSbatch(name: "submits twice and names the second", text: "submit >/dev/null; submit", jobs: 2),
        LyingSbatch(
            name: "submits twice and says nothing", text: "submit >/dev/null; submit >/dev/null",
            words: "exited with 0 and named no job", jobs: 2),
    ]

    /// One sbatch for all of them.
    static var tool: String {
        let cases = all.map { "*\"--job-name=\($0.name) --chdir\"*)\n    \($0.text)\n    ;;" }
        return """
            #!/bin/sh
            for script; do :; done
            for argument; do
                case "$argument" in
                --job-name=*) job_name=$argument ;;
                --chdir=*) folder=$argument ;;
                esac
            done
            submit() { PATH='$REAL' sbatch --parsable --export=ALL "$job_name" "$folder" -- "$script"; }
            first() { mkdir "${script%/*}/first" 2>/dev/null; }
            case "$*" in
            \(cases.joined(separator: "\n"))
            *) PATH='$REAL' exec sbatch "$@" ;;
            esac
            """
    }
}
