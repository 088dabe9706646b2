import Testing

@testable import SlipwayServices

@Suite("A script's last words")
struct LastWordsTests {
    static let frame =
        "Traceback (most recent call last):\n  File \"/files/train.py\", line 12, in <module>\n    main()\n"

    @Test(
        "The exception that ended the script is found in real-looking logs",
        arguments: [
            (frame + "    ~~~~^^\nValueError: no rows\n", "ValueError: no rows"),
            (frame + "KeyboardInterrupt\n", "KeyboardInterrupt"),
            (
                frame + "KeyError: 'a'\n\nDuring handling of the above exception, another exception occurred:\n\n"
                    + frame + "sklearn.exceptions.NotFittedError: call fit first\n",
                "sklearn.exceptions.NotFittedError: call fit first"
            ),
            (
                frame + "OSError: disk\n\nThe above exception was the direct cause of the following exception:\n\n"
                    + frame + "RuntimeError: cannot save\nslipway: ends with exit code 1 after 3 s\n",
                "RuntimeError: cannot save"
            ),
            (
                frame + "ValueError: Found array with 0 sample(s)\nwhile a minimum of 1 is required.\nSee the docs.\n",
                "ValueError: Found array with 0 sample(s)"
            ),
            (
                frame + "RuntimeError: Error(s) in loading state_dict for Net:\n\tsize mismatch for fc.weight\n",
                "RuntimeError: Error(s) in loading state_dict for Net: size mismatch for fc.weight"
            ),
            (frame + "ValueError: x\nRow 17 is the culprit\nslipway: ends with exit code 1\n", "ValueError: x"),
            ("10%|#  |\r50%|## |\r100%|###|\n" + frame + "MemoryError\n", "MemoryError"),
            (
                " 10%|#  | 1/10\r 20%|## | 2/10" + "\n" + frame
                    + "ValueError: x\n/usr/lib/python3.11/multiprocessing/resource_tracker.py:224: UserWarning: leaked\n",
                "ValueError: x"
            ),
            (
                "[rank0]: Traceback (most recent call last):\n[rank0]:   File \"t.py\", line 1\n[rank1]: hello\n[rank0]: torch.OutOfMemoryError: CUDA out of memory.\n",
                "torch.OutOfMemoryError: CUDA out of memory."
            ),
            (
                """
                  + Exception Group Traceback (most recent call last):
                  |   File "t.py", line 1, in <module>
                  |     raise ExceptionGroup("many", errors)
                  | ExceptionGroup: many (2 sub-exceptions)
                  +-+---------------- 1 ----------------
                    | Traceback (most recent call last):
                    |   File "t.py", line 1, in <module>
                    | ValueError: a
                    +---------------- 2 ----------------
                    | TypeError: b
                    +------------------------------------

                """, "ExceptionGroup: many (2 sub-exceptions)"
            ),
            (
                "  File \"train.py\", line 3\n    x =\n       ^\nSyntaxError: invalid syntax\n",
                "SyntaxError: invalid syntax"
            ),
            (
                frame
                    + "  [Previous line repeated 996 more times]\nRecursionError: maximum recursion depth exceeded\r\n",
                "RecursionError: maximum recursion depth exceeded"
            ),
            (
                "\u{1b}[31m" + frame + "\u{1b}[1;31mValueError\u{1b}[0m: red\u{1b}[0m\n", "ValueError: red"
            ),
            ("epoch 1\nno data, giving up\n\nslipway: ends with exit code 1\n", "no data, giving up"),
            ("loss 1\rloss 2\rloss 3\n   \n", "loss 3"),
            (frame, "main()"), ("slipway: job 3\n", nil), ("", nil), ("\n\r\n \t\n", nil), ("\0a\u{7}b\tc\n", "ab c"),
            (String(repeating: "x", count: 900), String(repeating: "x", count: 500)),
        ] as [(String, String?)])
    func words(log: String, words: String?) {
        #expect(LastWords.of(log: log) == words)
    }
}
