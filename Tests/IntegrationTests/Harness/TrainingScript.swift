/// Small scripts in the place of a training.
struct TrainingScript: Sendable {
    var text: String

    /// Writes one file into the output folder.
    static let quick = TrainingScript(
        text: """
            import os
            with open(os.path.join(os.environ["SLIPWAY_OUTPUT"], "model.txt"), "w") as file:
                file.write("a model\\n")
            print("trained")
            """)

    /// Succeeds and leaves nothing.
    static let barren = TrainingScript(text: "print('nothing to keep')")

    /// Says `started`, and goes on when the test opens the gate: `TestTask.openGate()`.
    static let gated = TrainingScript(
        text: """
            import os, time
            print("started", flush=True)
            while not os.path.exists("gate"):
                time.sleep(0.05)
            with open(os.path.join(os.environ["SLIPWAY_OUTPUT"], "model.txt"), "w") as file:
                file.write("a model\\n")
            print("went through", flush=True)
            """)

    /// Waits for the gate like `gated`, then fails.
    static let gatedFailing = TrainingScript(
        text: """
            import os, sys, time
            print("started", flush=True)
            while not os.path.exists("gate"):
                time.sleep(0.05)
            sys.exit(3)
            """)

    /// Takes a gigabyte, and keeps it until it is ended.
    static let greedy = TrainingScript(
        text: """
            import time
            taken = bytearray(1 << 30)
            for page in range(0, len(taken), 4096):
                taken[page] = 1
            while True:
                time.sleep(0.1)
            """)

    /// Ends with a traceback, exit code 1.
    static let failing = TrainingScript(text: "raise ValueError('the wine is sour')")

    /// Writes what it was given into its output folder: the parameters' text, and its environment as JSON.
    static let telling = TrainingScript(
        text: """
            import json, os, shutil
            output = os.environ["SLIPWAY_OUTPUT"]
            shutil.copy(os.environ["SLIPWAY_PARAMS"], os.path.join(output, "params.json"))
            with open(os.path.join(output, "environment.json"), "w") as file:
                json.dump(dict(os.environ), file)
            """)

    /// Prints so many lines of 64 bytes, line feed included.
    static func loud(lines: Int) -> TrainingScript {
        TrainingScript(
            text: """
                for line in range(\(lines)):
                    print(f"{line:063d}")
                """)
    }

    /// Leaves incompressible bytes, so that packing and collecting take a while.
    static func heavy(megabytes: Int) -> TrainingScript {
        TrainingScript(
            text: """
                import os
                with open(os.path.join(os.environ["SLIPWAY_OUTPUT"], "model.bin"), "wb") as file:
                    for _ in range(\(megabytes)):
                        file.write(os.urandom(1 << 20))
                """)
    }
}
