/// Programs that stand before sbatch and make it answer late.
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
}
