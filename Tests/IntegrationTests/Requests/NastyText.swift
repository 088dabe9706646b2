/// Text that is allowed, and that a shell, a template or an option parser could take for something else.
enum NastyText {
    static let all = [
        #"it's "quoted""#, #"$(touch /tmp/slipway-was-here)"#, #"`touch /tmp/slipway-was-here`"#,
        #"'; touch /tmp/slipway-was-here; '"#, #"" && touch /tmp/slipway-was-here #"#, #"back\slash \n \\ \"#,
        #"${HOME} $HOME $0 $$ !!"#, #"%j %x %A %%"#, #"--wrap=id"#, #"-J"#, #"🍷 ünï çødé 漢字 עברית"#,
        #"#SBATCH --hold"#, #"<b>&amp;</b> {{name}} {name} @name@"#, #"a|b > c < d & e ; f * g ? h [i] ~"#,
        #" a space before and behind "#,
    ]

    /// What would be there if a shell had run one of them.
    static let trace = "/tmp/slipway-was-here"
}
