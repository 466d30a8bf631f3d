//! Adds up the `test result:` lines of the test programs that one `cargo test` runs.

use std::fmt;

/// How many tests passed, failed and were skipped.
#[derive(Debug, Default, PartialEq)]
pub struct Summary {
    passed: u64,
    failed: u64,
    skipped: u64,
}

impl Summary {
    /// Counts `line` when it is a test program's result; every other line changes nothing.
    pub fn add_line(&mut self, line: &str) {
        // "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 7 filtered out; finished in 0.01s"
        let Some((_verdict, counts)) = line
            .trim()
            .strip_prefix("test result: ")
            .and_then(|rest| rest.split_once(". "))
        else {
            return;
        };
        for count in counts.split("; ") {
            match count.split_once(' ') {
                Some((number, "passed")) => self.passed += number.parse().unwrap_or(0),
                Some((number, "failed")) => self.failed += number.parse().unwrap_or(0),
                Some((number, "ignored")) => self.skipped += number.parse().unwrap_or(0),
                _ => {}
            }
        }
    }

    /// Takes cargo's own verdict into account: a crate that does not compile and a test program that dies
    /// print no result, so a run that failed without a failed test counts as one failure.
    pub fn conclude(&mut self, succeeded: bool) {
        if !succeeded && self.failed == 0 {
            self.failed = 1;
        }
    }

    /// Whether any test ran at all.
    pub fn ran_something(&self) -> bool {
        self.passed + self.failed > 0
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        match self.skipped {
            0 => Ok(()),
            skipped => write!(f, ", {skipped} skipped"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum_of(lines: &str, succeeded: bool) -> String {
        let mut summary = Summary::default();
        lines.lines().for_each(|line| summary.add_line(line));
        summary.conclude(succeeded);
        summary.to_string()
    }

    #[test]
    fn unit_integration_and_documentation_tests_are_added() {
        let lines = "\
            running 2 tests\n\
            test chain::holds ... ok\n\
            test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: FAILED. 5 passed; 1 failed; 0 ignored; 0 measured; 3 filtered out; finished in 1.02s\n\
            \x20  Doc-tests trust\n\
            test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.31s\n";
        assert_eq!(sum_of(lines, false), "8 passed, 1 failed");
    }

    #[test]
    fn skipped_tests_are_named() {
        let line =
            "test result: ok. 1 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        assert_eq!(sum_of(line, true), "1 passed, 0 failed, 2 skipped");
    }

    #[test]
    fn a_run_that_died_without_a_result_counts_as_a_failure() {
        let line =
            "test result: ok. 4 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        assert_eq!(sum_of(line, false), "4 passed, 1 failed");
    }

    #[test]
    fn nothing_at_all_is_noticed() {
        let mut summary = Summary::default();
        summary.add_line("test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 9 filtered out");
        assert!(!summary.ran_something());
    }
}
