import Foundation
import Slurm
import Testing

@Suite("The time limit comes near")
struct JobRunSignalTests {
    /// A shell that has no handler for SIGUSR1 starts the script.
    static let launcher = #"bash -c '"$@"; exit $?' launcher "$@"; exit $?"#

    /// In Perl: as in Python, and other than in a shell, a handler can be set for a signal that was ignored.
    static func run(_ script: String) throws -> JobRun {
        let run = try JobRun(
            script: #"""
                use strict; use Time::HiRes "sleep"; $| = 1;
                my $folder = "$ENV{SLIPWAY_OUTPUT}/..";
                sub note { open(my $file, ">", $_[0]) or die; print $file "x"; close $file }
                sub until_told { sleep 0.02 until -e "$folder/go" }
                \#(script)
                """#)
        try run.executable("python3", "#!/bin/bash\nexec perl \"$@\"\n")
        run.job.signalSeconds = 60
        run.container = launcher
        return run
    }

    /// Waits for SIGUSR1 and ends with a code.
    static func listening(exit code: Int) -> String {
        #"$SIG{USR1} = sub { note("$ENV{SLIPWAY_OUTPUT}/x"); exit \#(code) }; note("$folder/ready"); sleep 1 while 1;"#
    }

    @Test(
        "SIGUSR1 reaches the script through the shells between; failing after it is the time limit's",
        arguments: [(0, nil), (3, "time_limit")] as [(Int, String?)])
    func told(code: Int, reason: String?) throws {
        let run = try Self.run(Self.listening(exit: code))
        let (process, output) = try run.start()
        try run.wait(for: run.job.taskFolder + "/ready")
        kill(process.processIdentifier, SIGUSR1)
        process.waitUntilExit()
        let text = try String(contentsOfFile: output.path("out"), encoding: .utf8)
        #expect(process.terminationStatus == Int32(code), "\(text)")
        #expect(text.contains("sends SIGUSR1 to the script"))
        let exit = try run.exitFile()
        #expect(exit.exitCode == code && exit.reason == reason && exit.signal == nil)
        #expect(try String(contentsOfFile: run.job.outputFolder + "/x", encoding: .utf8) == "x")
    }

    @Test("A script that listens late is told late")
    func late() throws {
        let run = try Self.run(#"note("$folder/begun"); until_told(); "# + Self.listening(exit: 0))
        let (process, output) = try run.start()
        try run.wait(for: run.job.taskFolder + "/begun")
        kill(process.processIdentifier, SIGUSR1)
        try run.wait(for: output.path("out"), holding: "received SIGUSR1")
        try run.write("x", to: run.job.taskFolder + "/go")
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(try run.exitFile().model != nil)
    }

    @Test("A script without a handler lives on, and its failure is its own")
    func deaf() throws {
        let run = try Self.run(#"note("$folder/ready"); until_told(); exit 5;"#)
        let (process, output) = try run.start()
        try run.wait(for: run.job.taskFolder + "/ready")
        kill(process.processIdentifier, SIGUSR1)
        try run.wait(for: output.path("out"), holding: "received SIGUSR1")
        try run.write("x", to: run.job.taskFolder + "/go")
        process.waitUntilExit()
        #expect(process.terminationStatus == 5)
        #expect(try run.exitFile().reason == nil)
    }

    @Test(
        "SIGTERM when the time is over is the time limit's, before that it is not",
        arguments: [(0, "time_limit"), (4_000_000_000, nil)] as [(Int, String?)])
    func terminated(end: Int, reason: String?) throws {
        let run = try Self.run(Self.listening(exit: 0))
        run.container = #"exec "$@""#
        run.environment = ["SLURM_JOB_END_TIME": "\(end)"]
        let (process, _) = try run.start()
        try run.wait(for: run.job.taskFolder + "/ready")
        kill(process.processIdentifier, SIGTERM)
        process.waitUntilExit()
        #expect(process.terminationStatus == 143)
        let exit = try run.exitFile()
        #expect(exit.signal == 15 && exit.reason == reason)
    }
}
