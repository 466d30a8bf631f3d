//! One thing per file, so files are short.

use super::Breach;
use crate::workspace::SourceFile;

/// No hand-written file is longer.
const HARD_LIMIT: usize = 600;
/// Half of the files should be no longer.
const MEDIAN_BUDGET: usize = 150;
/// Nine in ten files should be no longer.
const P90_BUDGET: usize = 350;

/// Reports a Rust file that is over the hard limit.
pub fn check(path: &str, text: &str) -> Option<Breach> {
    let lines = text.lines().count();
    (counts(path) && lines > HARD_LIMIT).then(|| {
        Breach::in_file(
            path,
            format!("{lines} lines; split it, {HARD_LIMIT} is the limit"),
        )
    })
}

/// One line on how long the Rust files are.
pub fn report(files: &[SourceFile]) -> String {
    let counted = files.iter().filter(|file| counts(&file.path));
    let mut lengths: Vec<usize> = counted.map(|file| file.text.lines().count()).collect();
    lengths.sort_unstable();
    let at =
        |percent: usize| lengths.get((lengths.len() * percent / 100).min(lengths.len().saturating_sub(1)));
    let [median, p90, longest] = [50, 90, 100].map(|percent| at(percent).copied().unwrap_or(0));
    let verdict = if median > MEDIAN_BUDGET || p90 > P90_BUDGET {
        "OVER"
    } else {
        "within"
    };
    format!(
        "{} Rust files, lines: median {median}, p90 {p90}, longest {longest} \
         ({verdict} the budget of {MEDIAN_BUDGET}, {P90_BUDGET}, {HARD_LIMIT})",
        lengths.len()
    )
}

/// Generated files and tables of recorded test data are as long as they are.
fn counts(path: &str) -> bool {
    path.ends_with(".rs")
        && !path
            .split('/')
            .any(|folder| ["generated", "golden"].contains(&folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file_of(lines: usize) -> SourceFile {
        SourceFile {
            path: format!("{lines}.rs"),
            text: "x\n".repeat(lines),
        }
    }

    #[test]
    fn the_limit_itself_is_allowed() {
        assert_eq!(check("a.rs", &"x\n".repeat(600)), None);
        assert!(check("a.rs", &"x\n".repeat(601)).is_some());
    }

    #[test]
    fn generated_and_golden_files_are_not_measured() {
        assert_eq!(
            check("crates/mdm/src/generated/commands.rs", &"x\n".repeat(9000)),
            None
        );
        assert_eq!(
            check("crates/mac/tests/golden/table.rs", &"x\n".repeat(9000)),
            None
        );
    }

    #[test]
    fn the_report_gives_median_and_p90() {
        let files: Vec<SourceFile> = (1..=10).map(|n| file_of(n * 10)).collect();
        let report = report(&files);
        assert!(
            report.starts_with("10 Rust files, lines: median 60, p90 100, longest 100 (within"),
            "{report}"
        );
    }

    #[test]
    fn long_files_are_over_the_budget() {
        let report = report(&[file_of(200), file_of(200)]);
        assert!(report.contains("OVER"), "{report}");
    }

    #[test]
    fn an_empty_tree_has_a_report() {
        assert!(report(&[]).starts_with("0 Rust files"));
    }
}
