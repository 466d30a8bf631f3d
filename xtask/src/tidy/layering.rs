//! Which of our crates may depend on which, and which crates of others a crate must never know.
//!
//! The table is a list of what is allowed: a dependency that is not in it is a breach, and so is a crate
//! without a row.

use super::Breach;
use crate::workspace::{Crate, Dependency};

struct Row {
    name: &'static str,
    /// Crates of ours that it may depend on.
    uses: &'static [&'static str],
    /// Further crates of ours that its tests may use.
    tests_use: &'static [&'static str],
    /// Crates of others that neither it nor its tests may depend on.
    never: &'static [&'static str],
    because: &'static str,
}

const ROWS: &[Row] = &[
    Row {
        name: "trust",
        uses: &[],
        tests_use: &[],
        never: &["tokio", "sqlx", "axum", "reqwest", "nix", "getrandom"],
        because: "the domain is pure: no input or output, no clock, no randomness of its own",
    },
    Row {
        name: "password-policy",
        uses: &[],
        tests_use: &[],
        never: &["tokio", "sqlx", "axum", "reqwest", "nix", "getrandom"],
        because: "policies are worked out purely: no input or output, no clock, no randomness of its own",
    },
    Row {
        name: "audit-chain",
        uses: &["trust"],
        tests_use: &[],
        never: &["tokio", "sqlx", "axum", "reqwest", "nix", "getrandom"],
        because: "the audit log is checked purely, and far from the server that wrote it",
    },
    Row {
        name: "cms-kit",
        uses: &[],
        tests_use: &[],
        never: &["tokio", "sqlx", "axum", "reqwest", "nix"],
        because: "messages are opened and sealed purely: no input or output, no randomness of its own",
    },
    Row {
        name: "wire",
        uses: &["trust"],
        tests_use: &[],
        never: &["sqlx", "axum", "nix"],
        because: "messages and sealing know neither SQL nor tools",
    },
    Row {
        name: "mac",
        uses: &[],
        tests_use: &["macsim"],
        never: &["sqlx", "axum", "reqwest"],
        because: "drivers of Apple's tools decide nothing, so they need no domain",
    },
    Row {
        name: "mac-sys",
        uses: &[],
        tests_use: &[],
        never: &["tokio", "sqlx", "axum", "reqwest"],
        because: "calls into Apple's frameworks hold no logic",
    },
    Row {
        name: "macsim",
        uses: &[],
        tests_use: &[],
        never: &["sqlx", "axum", "reqwest"],
        because: "the simulated Mac is the other side of the test: it shares no rule with the product",
    },
    Row {
        name: "simrunner",
        uses: &["mac", "macsim"],
        tests_use: &[],
        never: &["tokio", "sqlx", "axum", "reqwest"],
        because: "the drivers on a Mac in memory: it joins the two sides of a test and knows no rule of either",
    },
    Row {
        name: "login-handover",
        uses: &[],
        tests_use: &[],
        never: &["tokio", "serde", "rustix", "nix"],
        because: "it is part of what macOS loads into a login: bytes and paths, and nothing else",
    },
    Row {
        name: "authorization-host",
        uses: &[],
        tests_use: &[],
        never: &["tokio", "rustix", "nix"],
        because: "the other side of the plug-in knows Apple's interface and nothing of ours",
    },
    Row {
        name: "login-plugin",
        uses: &["login-handover"],
        tests_use: &["authorization-host"],
        never: &["tokio", "serde", "tracing", "anyhow"],
        because: "macOS loads it into a login: what it does not contain cannot fail there",
    },
    Row {
        name: "utility-protocol",
        uses: &["trust"],
        tests_use: &[],
        never: &["tokio", "sqlx", "axum", "reqwest"],
        because: "what the app and the agent say to each other: both sides use it and decide by themselves",
    },
    Row {
        name: "utility",
        uses: &["trust", "utility-protocol"],
        tests_use: &[],
        never: &["tokio", "sqlx", "axum", "reqwest", "nix"],
        because: "the app has no rights: it shows what the agent says and starts nothing itself",
    },
    Row {
        name: "agent",
        uses: &[
            "trust",
            "password-policy",
            "wire",
            "mac",
            "mac-sys",
            "login-handover",
            "utility-protocol",
        ],
        tests_use: &["macsim", "simrunner"],
        never: &["sqlx", "axum"],
        because: "the agent runs on a Mac alone: no server, no database, no simulator",
    },
    Row {
        name: "store",
        uses: &["trust", "wire"],
        tests_use: &[],
        never: &["axum", "reqwest", "nix"],
        because: "persistence holds no rules and knows neither HTTP nor Macs",
    },
    Row {
        name: "mdm",
        uses: &["cms-kit", "trust"],
        tests_use: &[],
        never: &["tokio", "sqlx", "axum", "reqwest", "nix", "getrandom"],
        because: "Apple's protocol is read and written purely: no input or output, no clock, no SQL",
    },
    Row {
        name: "server",
        uses: &["trust", "wire", "store", "audit-chain", "cms-kit", "mdm"],
        tests_use: &["macsim"],
        never: &["sqlx", "nix"],
        because: "the server holds no SQL and reaches a Mac only through messages",
    },
    Row {
        name: "bench",
        uses: &["trust", "wire", "macsim", "simrunner", "agent", "store", "server"],
        tests_use: &[],
        never: &["sqlx", "axum"],
        because: "the load generator stands outside: it speaks to the program as agents and people do",
    },
    Row {
        name: "bestow",
        uses: &[
            "audit-chain",
            "authorization-host",
            "login-handover",
            "trust",
            "wire",
            "mac",
            "macsim",
            "agent",
            "store",
            "server",
        ],
        tests_use: &["bench", "login-plugin", "utility-protocol"],
        never: &["sqlx"],
        because: "the program puts the parts together; its admin commands speak the public API",
    },
    Row {
        name: "xtask",
        uses: &[],
        tests_use: &[],
        never: &["tokio"],
        because: "developer tools build before everything else",
    },
];

/// Reports dependencies that the table does not allow, and crates that it does not know.
pub fn check(crates: &[Crate]) -> Vec<Breach> {
    let ours: Vec<&str> = crates.iter().map(|known| known.name.as_str()).collect();
    let mut breaches = Vec::new();
    for checked in crates {
        let manifest = format!("{}/Cargo.toml", checked.name);
        let Some(row) = ROWS.iter().find(|row| row.name == checked.name) else {
            breaches.push(Breach::in_file(
                &manifest,
                "give this crate a row in xtask/src/tidy/layering.rs",
            ));
            continue;
        };
        let wrong = checked
            .dependencies
            .iter()
            .filter(|line| !row.allows(line, &ours));
        breaches.extend(wrong.map(|line| {
            let what = format!(
                "`{}` must not depend on `{}`: {}",
                row.name, line.name, row.because
            );
            Breach::in_file(&manifest, what)
        }));
    }
    breaches
}

impl Row {
    fn allows(&self, line: &Dependency, ours: &[&str]) -> bool {
        let name = line.name.as_str();
        if ours.contains(&name) {
            // A crate may name itself to switch on features for its own tests.
            name == self.name
                || self.uses.contains(&name)
                || (line.for_tests && self.tests_use.contains(&name))
        } else {
            !self.never.contains(&name)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, dependencies: &[(&str, bool)]) -> Vec<String> {
        let dependencies = dependencies.iter().map(|(name, for_tests)| Dependency {
            name: (*name).into(),
            for_tests: *for_tests,
        });
        let checked = Crate {
            name: name.into(),
            dependencies: dependencies.collect(),
            binaries: vec![],
        };
        let others = ROWS.iter().filter(|row| row.name != name).map(|row| Crate {
            name: row.name.into(),
            dependencies: vec![],
            binaries: vec![],
        });
        let crates: Vec<Crate> = others.chain([checked]).collect();
        check(&crates).iter().map(Breach::to_string).collect()
    }

    #[test]
    fn allowed_dependencies_pass() {
        assert!(found("agent", &[("trust", false), ("macsim", true), ("tokio", false)]).is_empty());
        assert!(found("server", &[("store", false), ("axum", false)]).is_empty());
    }

    #[test]
    fn the_simulator_is_for_the_agents_tests_only() {
        let breaches = found("agent", &[("macsim", false)]);
        assert_eq!(breaches.len(), 1);
        assert!(
            breaches[0].contains("`agent` must not depend on `macsim`"),
            "{breaches:?}"
        );
    }

    #[test]
    fn the_simulator_knows_none_of_us_not_even_in_tests() {
        assert_eq!(found("macsim", &[("trust", true), ("mac", true)]).len(), 2);
    }

    #[test]
    fn the_server_holds_no_sql() {
        assert_eq!(found("server", &[("sqlx", false)]).len(), 1);
    }

    #[test]
    fn a_crate_without_a_row_is_reported() {
        assert_eq!(found("newcomer", &[]).len(), 1);
    }

    #[test]
    fn the_table_has_no_cycle() {
        // Each row uses only crates of earlier rows, which is also the order in which to read them.
        for (index, row) in ROWS.iter().enumerate() {
            let earlier: Vec<&str> = ROWS[..index].iter().map(|row| row.name).collect();
            let later: Vec<_> = row.uses.iter().filter(|used| !earlier.contains(used)).collect();
            assert!(later.is_empty(), "{} uses {later:?}", row.name);
        }
    }
}
