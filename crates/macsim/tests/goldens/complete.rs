//! No captured output is forgotten.

use std::path::Path;

/// Captures that no tool of the simulator prints, and why.
const NOT_PRINTED: &[(&str, &str)] = &[
    (
        "diskutil__unlock_ok_mounted.txt",
        "another disk than the start-up volume",
    ),
    (
        "diskutil__unlock_ok_nomount.txt",
        "another disk than the start-up volume",
    ),
    (
        "diskutil__unlock_wrong_passphrase_alt.txt",
        "another wording of the same refusal",
    ),
    ("dsimport__result__11.plist", "dsimport is not simulated"),
    (
        "opendirectory__4001_last_unlock_record__10.15.txt",
        "a line of the system log",
    ),
];

#[test]
fn every_capture_is_reproduced_or_excused() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut sources = String::new();
    for entry in std::fs::read_dir(root.join("goldens")).unwrap() {
        let path = entry.unwrap().path();
        if !path.ends_with("complete.rs") {
            sources.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
    let mut forgotten = Vec::new();
    for entry in std::fs::read_dir(root.join("golden")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let excused = NOT_PRINTED.iter().any(|(excused, _)| *excused == name);
        if excused == sources.contains(&name) {
            forgotten.push(name);
        }
    }
    assert!(
        forgotten.is_empty(),
        "neither reproduced nor excused, or both: {forgotten:#?}"
    );
}
