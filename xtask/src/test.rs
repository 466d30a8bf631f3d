//! `cargo xtask test`: every test of the workspace, and one line at the end that counts them.

mod summary;

use crate::debian::{self, Requirement};
use crate::process;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use summary::Summary;

/// What the tests need beside a Rust toolchain and a C compiler, without which nothing would have been
/// built so far. The tests bring their own servers, databases and simulated Macs.
const REQUIREMENTS: &[Requirement] = &[
    Requirement {
        package: "git",
        because: "the house rules look at the files that git tracks",
        present_when: &["git", "--version"],
    },
    Requirement {
        package: "chromium",
        because: "the browser tests read the console in it",
        present_when: &["chromium", "--version"],
    },
    Requirement {
        package: "chromium-driver",
        because: "the browser tests drive Chromium through it",
        present_when: &["chromedriver", "--version"],
    },
    Requirement {
        package: "openssl",
        because: "messages of `cms-kit` and of the escrow profile are held against the `openssl cms` tool",
        present_when: &["openssl", "version"],
    },
    Requirement {
        package: "xvfb",
        because: "the app for the person at the screen is tested at a screen in memory",
        present_when: &["sh", "-c", "command -v Xvfb"],
    },
    Requirement {
        package: "libgl1-mesa-dri",
        because: "that screen is drawn on by it",
        present_when: &[
            "sh",
            "-c",
            "ls /usr/lib/dri/swrast_dri.so /usr/lib/*/dri/swrast_dri.so 2>&1 | grep -v ls:",
        ],
    },
    Requirement {
        package: "libegl1",
        because: "the app draws through it",
        present_when: &["sh", "-c", "/sbin/ldconfig -p | grep -q libEGL.so.1"],
    },
    Requirement {
        package: "libgl1",
        because: "the app draws through it",
        present_when: &["sh", "-c", "/sbin/ldconfig -p | grep -q libGL.so.1"],
    },
    Requirement {
        package: "libxkbcommon-x11-0",
        because: "the app hears the keyboard through it",
        present_when: &["sh", "-c", "/sbin/ldconfig -p | grep -q libxkbcommon-x11.so.0"],
    },
    Requirement {
        package: "libxcursor1",
        because: "the app shows the pointer through it",
        present_when: &["sh", "-c", "/sbin/ldconfig -p | grep -q libXcursor.so.1"],
    },
    Requirement {
        package: "libxi6",
        because: "the app hears the mouse through it",
        present_when: &["sh", "-c", "/sbin/ldconfig -p | grep -q libXi.so.6"],
    },
    Requirement {
        package: "libxrandr2",
        because: "the app learns of screens through it",
        present_when: &["sh", "-c", "/sbin/ldconfig -p | grep -q libXrandr.so.2"],
    },
    Requirement {
        package: "fonts-dejavu-core",
        because: "the app ships no typeface",
        present_when: &[
            "sh",
            "-c",
            "test -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
        ],
    },
    Requirement {
        package: "mandoc",
        because: "a test checks the manual pages with it",
        present_when: &["sh", "-c", "command -v mandoc"],
    },
];

/// Installs what is missing of what the tests need.
pub fn require() -> Result<()> {
    debian::require(REQUIREMENTS)
}

/// Runs unit, integration and documentation tests; `arguments` choose others than the whole workspace's.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    require()?;
    let mut cargo = process::cargo();
    cargo
        .args(["test", "--no-fail-fast"])
        .current_dir(workspace.root());
    if arguments.is_empty() {
        cargo.arg("--workspace");
    } else {
        cargo.args(arguments);
    }
    process::announce(&cargo);
    let mut child = cargo.stdout(Stdio::piped()).spawn().context("start cargo test")?;
    let printed = child.stdout.take().context("cargo test has a standard output")?;
    let mut summary = Summary::default();
    let mut out = std::io::stdout().lock();
    for line in BufReader::new(printed).split(b'\n') {
        let line = line.context("read what cargo test prints")?;
        out.write_all(&line)?;
        out.write_all(b"\n")?;
        summary.add_line(&String::from_utf8_lossy(&line));
    }
    let status = child.wait().context("wait for cargo test")?;
    summary.conclude(status.success());
    writeln!(out, "\n{summary}")?;
    match (status.success(), summary.ran_something()) {
        (false, _) => bail!("cargo test ended with {status}"),
        (true, false) => bail!("no test ran"),
        (true, true) => Ok(()),
    }
}
