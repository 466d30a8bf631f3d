//! Files that are named on the command line and cannot be read.

use std::io::{self, ErrorKind};
use std::path::Path;

use crate::exit::Failure;

/// That `file` cannot be read, and why, in words.
pub fn unreadable(file: &Path, error: &io::Error) -> Failure {
    let why = match error.kind() {
        ErrorKind::NotFound => "there is no such file",
        ErrorKind::PermissionDenied => "you may not read it",
        ErrorKind::IsADirectory => "it is a folder",
        ErrorKind::InvalidData => "it is no text in UTF-8",
        _ => return Failure::usage(format!("{} cannot be read: {error}.", file.display())),
    };
    Failure::usage(format!("{} cannot be read: {why}.", file.display()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::exit::Exit;

    #[test]
    fn why_not_is_told_in_words_with_the_name() {
        let folder = tempfile::tempdir().unwrap();
        let binary = folder.path().join("binary");
        fs::write(&binary, [0xff, 0xfe]).unwrap();
        let missing = folder.path().join("missing");
        for (file, why) in [
            (missing.as_path(), "there is no such file"),
            (folder.path(), "it is a folder"),
            (binary.as_path(), "it is no text in UTF-8"),
        ] {
            let error = fs::read_to_string(file).unwrap_err();
            let failure = unreadable(file, &error);
            assert_eq!(
                failure.to_string(),
                format!("{} cannot be read: {why}.", file.display())
            );
            assert_eq!(failure.exit(), Exit::Refused);
        }
    }
}
