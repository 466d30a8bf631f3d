use std::path::Path;

use macsim::scenario::Situation;

use super::support::{TestMac, finish};

/// The files below `dir` that contain `needle`.
fn files_with(dir: &Path, needle: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.is_symlink() {
            found.extend(files_with(&path, needle));
        } else if path.is_file() && !path.is_symlink() {
            let bytes = std::fs::read(&path).unwrap();
            if bytes
                .windows(needle.len())
                .any(|window| window == needle.as_bytes())
            {
                found.push(path.display().to_string());
            }
        }
    }
    found
}

#[test]
fn no_password_typed_into_a_tool_stays_in_the_macs_directory() {
    let mac = TestMac::new(Situation::Healthy);
    finish(mac.grant().spawn().unwrap(), &mac.both_passwords());
    mac.run("dscl", &[".", "-authonly", "ben"], mac.password("ben"));
    let key = mac.made.recovery_key.as_deref().unwrap();
    for secret in [mac.password("ada"), mac.password("ben"), key] {
        assert_eq!(files_with(mac.home.dir(), secret), Vec::<String>::new());
    }
}

#[test]
fn a_password_in_the_arguments_or_environment_is_on_record() {
    let mac = TestMac::new(Situation::Healthy);
    mac.run("dscl", &[".", "-authonly", "ben", "planted in argv"], "");
    let mut command = mac.command("dscl", &[".", "-authonly", "ben"]);
    command.env("HELPFUL", "planted in env");
    finish(command.spawn().unwrap(), "planted in stdin\n");
    assert_eq!(files_with(mac.home.dir(), "planted in argv").len(), 1);
    assert_eq!(files_with(mac.home.dir(), "planted in env").len(), 1);
    assert_eq!(files_with(mac.home.dir(), "planted in stdin").len(), 0);
}
