extension TrainingScript {
    /// Says on which step it is when SIGUSR1 comes, and ends; goes on from there when it is started again.
    static let checkpointed = TrainingScript(
        text: """
            import os, signal, sys, time
            output = os.environ["SLIPWAY_OUTPUT"]
            checkpoint = os.path.join(output, "checkpoint")
            if os.environ.get("SLIPWAY_RESUME") == "1":
                with open(checkpoint) as file:
                    print(f"goes on from step {file.read()}", flush=True)
                os.remove(checkpoint)
                with open(os.path.join(output, "model.txt"), "w") as file:
                    file.write("a model\\n")
                sys.exit(0)
            def write(*_):
                with open(checkpoint, "w") as file:
                    file.write("7")
                sys.exit(1)
            signal.signal(signal.SIGUSR1, write)
            while True:
                time.sleep(0.05)
            """)

    /// Takes so much memory for some seconds.
    static func needing(megabytes: Int) -> TrainingScript {
        TrainingScript(
            text: """
                import time
                taken = bytearray(\(megabytes) << 20)
                for page in range(0, len(taken), 4096):
                    taken[page] = 1
                time.sleep(5)
                """)
    }

    /// Fails with exit code 5 in its first attempts.
    static func failing(attempts: Int) -> TrainingScript {
        TrainingScript(
            text: """
                import os, sys
                sys.exit(5 if int(os.environ["SLIPWAY_ATTEMPT"]) <= \(attempts) else 0)
                """)
    }
}
