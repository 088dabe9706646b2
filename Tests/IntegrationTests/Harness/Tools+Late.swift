extension Tools {
    /// Waits like `gated`, and leaves a line for each job that waits. The job reaches Slurm when the gate opens even
    /// when sbatch was ended before: as a request does that waited on its way to the controller.
    static let detached = """
        #!/bin/sh
        echo once >> "$TOOLS/calls"
        setsid sh -c '
            while [ ! -e "$TOOLS/gate" ]; do
                [ -d "$TOOLS" ] || exit 1
                sleep 0.05
            done
            PATH=$REAL exec sbatch "$@"
            ' sh "$@" </dev/null >"$TOOLS/answer.$$" 2>&1 &
        wait
        exec cat "$TOOLS/answer.$$"
        """

    /// squeue in two steps, from the moment that the file `hold` is there: the queue is read when the test makes the
    /// file `read`, and printed when it makes the file `print`.
    static let lateQueue = """
        #!/bin/sh
        if [ -e "$TOOLS/hold" ]; then
            : > "$TOOLS/held"
            while [ ! -e "$TOOLS/read" ]; do sleep 0.05; done
            PATH='$REAL' squeue "$@" > "$TOOLS/answer"
            : > "$TOOLS/answered"
            while [ ! -e "$TOOLS/print" ]; do sleep 0.05; done
            rm -f "$TOOLS/hold"
            exec cat "$TOOLS/answer"
        fi
        PATH='$REAL' exec squeue "$@"
        """
}
