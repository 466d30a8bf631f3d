use std::io::{Read, Write};

use macsim::scenario::Situation;

use super::support::TestMac;

/// A tool on a terminal of its own.
struct Terminal {
    pty: pty_process::blocking::Pty,
    child: std::process::Child,
    seen: String,
}

impl Terminal {
    fn start(mac: &TestMac, tool: &str, args: &[&str]) -> Self {
        let (pty, pts) = pty_process::blocking::open().unwrap();
        let command = pty_process::blocking::Command::new(mac.tool_path(tool))
            .args(args)
            .env_clear();
        let child = command.spawn(pts).unwrap();
        Self {
            pty,
            child,
            seen: String::new(),
        }
    }

    /// Reads until `text` has been shown since the last call.
    fn expect(&mut self, text: &str) {
        let mut fresh = String::new();
        while !fresh.contains(text) {
            let chunk = self.read();
            assert!(!chunk.is_empty(), "never saw {text:?} in {:?}", self.seen);
            fresh.push_str(&chunk);
        }
    }

    fn type_line(&mut self, line: &str) {
        self.pty.write_all(format!("{line}\n").as_bytes()).unwrap();
    }

    /// Reads to the end; returns everything shown and the exit code.
    fn end(mut self) -> (String, Option<i32>) {
        while !self.read().is_empty() {}
        let code = self.child.wait().unwrap().code();
        (self.seen, code)
    }

    fn read(&mut self) -> String {
        let mut buffer = [0; 1024];
        // A terminal whose other side is closed reads as an error, at times once before its last words.
        let count = self.pty.read(&mut buffer).or_else(|_| self.pty.read(&mut buffer));
        let count = count.unwrap_or(0);
        let chunk = String::from_utf8_lossy(&buffer[..count]).into_owned();
        self.seen.push_str(&chunk);
        chunk
    }
}

#[test]
fn a_grant_at_a_terminal_asks_for_both_without_echo() {
    let mac = TestMac::new(Situation::Healthy);
    let args = [
        "-secureTokenOn",
        "ben",
        "-password",
        "-",
        "-adminUser",
        "ada",
        "-adminPassword",
        "-",
    ];
    let mut terminal = Terminal::start(&mac, "sysadminctl", &args);
    terminal.expect("Enter password for ada :");
    terminal.type_line(mac.password("ada"));
    terminal.expect("Enter password for ben :");
    terminal.type_line(mac.password("ben"));
    let (seen, code) = terminal.end();
    assert!(seen.contains("- Done!"), "{seen}");
    assert_eq!(code, Some(0));
    assert!(!seen.contains(mac.password("ada")) && !seen.contains(mac.password("ben")));
    assert!(mac.is_holder("ben"));
}

#[test]
fn more_than_128_bytes_are_cut_off_at_a_terminal() {
    let mac = TestMac::new(Situation::Healthy);
    let long = "x".repeat(128);
    mac.home
        .change(|state| {
            let who = macsim::rules::refusal::Credentials {
                name: "ben",
                password: &long,
            };
            let at = macsim::rules::refusal::Circumstances {
                now: macsim::model::clock::UnixMillis(0),
            };
            macsim::rules::set_password::set_password(state, who, at).unwrap();
        })
        .unwrap();
    let mut terminal = Terminal::start(&mac, "dscl", &[".", "-authonly", "ben"]);
    terminal.expect("Password: ");
    terminal.type_line(&format!("{long}never read"));
    assert_eq!(terminal.end().1, Some(0));
}

#[test]
fn names_are_echoed_and_passwords_are_not() {
    let mac = TestMac::new(Situation::FileVaultOff);
    let mut terminal = Terminal::start(&mac, "fdesetup", &["enable"]);
    terminal.expect("Enter the user name:");
    terminal.type_line("ada");
    terminal.expect("Enter the password for user 'ada':");
    terminal.type_line(mac.password("ada"));
    let (seen, code) = terminal.end();
    assert!(
        seen.contains("Enter the user name:ada") && seen.contains("Recovery key = '"),
        "{seen}"
    );
    assert!(!seen.contains(mac.password("ada")));
    assert_eq!(code, Some(0));
}
