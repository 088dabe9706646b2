/// Programs that stand before sbatch and make it answer badly, or late.
enum Tools {
    /// Waits with every job until the test makes the file `gate` in the folder of the tools.
    static let gated = """
        #!/bin/sh
        : > "$TOOLS/called"
        while [ ! -e "$TOOLS/gate" ]; do sleep 0.05; done
        PATH='$REAL' exec sbatch "$@"
        """

    /// Hands over jobs whose name begins with `waiting` so that they wait until they are released.
    static let holding = """
        #!/bin/sh
        case "$*" in
        *--job-name=waiting*) PATH='$REAL' exec sbatch --hold "$@" ;;
        *) PATH='$REAL' exec sbatch "$@" ;;
        esac
        """

    static let submitsAndHangs = """
        #!/bin/sh
        PATH='$REAL' sbatch "$@" >/dev/null
        : > "$TOOLS/submitted"
        sleep 600
        """

    static let submitsAndComplains = """
        #!/bin/sh
        PATH='$REAL' sbatch "$@" >/dev/null
        echo 'sbatch: error: Batch job submission failed: Socket timed out on send/recv operation' >&2
        exit 1
        """

    static let submitsAndIsKilled = """
        #!/bin/sh
        PATH='$REAL' sbatch "$@" >/dev/null
        kill -9 $$
        """

    /// Fails the first time, before anything reached Slurm.
    static let failsFirst = """
        #!/bin/sh
        if mkdir "$TOOLS/tried" 2>/dev/null; then
            echo 'sbatch: error: Batch job submission failed: Unable to contact slurm controller (connect failure)' >&2
            exit 1
        fi
        PATH='$REAL' exec sbatch "$@"
        """

    /// Hangs the first time without handing anything over.
    static let hangsFirst = """
        #!/bin/sh
        if mkdir "$TOOLS/tried" 2>/dev/null; then exec sleep 600; fi
        PATH='$REAL' exec sbatch "$@"
        """
}
