//! Programs and Debian packages that a task needs: install what is missing, or say what to install.

use crate::process;
use anyhow::{Result, bail};

/// Something that must be on the machine before a task can run.
pub struct Requirement {
    /// The Debian package that brings it.
    pub package: &'static str,
    /// What needs it.
    pub because: &'static str,
    /// A command that succeeds where it is present, however it came there. Empty: the package itself
    /// must be installed.
    pub present_when: &'static [&'static str],
}

impl Requirement {
    fn is_met(&self) -> bool {
        match self.present_when {
            [program, arguments @ ..] => process::succeeds(process::command(program).args(arguments)),
            [] => is_installed(self.package),
        }
    }
}

/// Makes sure that all `requirements` are met: root on a Debian machine gets what is missing, everybody
/// else an error that says what to install.
pub fn require(requirements: &[Requirement]) -> Result<()> {
    let missing: Vec<&Requirement> = requirements
        .iter()
        .filter(|requirement| !requirement.is_met())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    for requirement in &missing {
        println!("missing: {} ({})", requirement.package, requirement.because);
    }
    let packages: Vec<&str> = missing.iter().map(|requirement| requirement.package).collect();
    if !process::succeeds(process::command("apt-get").arg("--version")) {
        bail!(
            "this is not a Debian machine: provide what the packages {} hold",
            packages.join(", ")
        );
    }
    if process::output(process::command("id").arg("-u"))?.trim() != "0" {
        bail!(
            "not root: run `apt-get install --no-install-recommends {}` as root first",
            packages.join(" ")
        );
    }
    install(&packages)?;
    match missing.iter().find(|requirement| !requirement.is_met()) {
        Some(requirement) => bail!("{} is installed and yet not usable", requirement.package),
        None => Ok(()),
    }
}

fn install(packages: &[&str]) -> Result<()> {
    let apt = || {
        let mut apt = process::command("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive")
            .args(["-qq", "-o", "Dpkg::Use-Pty=0"]);
        apt
    };
    process::run(apt().arg("update"))?;
    process::run(
        apt()
            .args(["install", "--yes", "--no-install-recommends"])
            .args(packages),
    )
}

fn is_installed(package: &str) -> bool {
    let query = ["--show", "--showformat", "${db:Status-Abbrev}", package];
    process::output(process::command("dpkg-query").args(query)).is_ok_and(|status| status.starts_with("ii"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_present_needs_no_package() {
        let shell = Requirement {
            package: "no-such-package",
            because: "test",
            present_when: &["sh", "-c", "exit 0"],
        };
        assert!(shell.is_met());
        require(&[shell]).unwrap();
    }

    #[test]
    fn a_package_that_nobody_has_is_not_met() {
        let requirement = Requirement {
            package: "no-such-package",
            because: "test",
            present_when: &[],
        };
        assert!(!requirement.is_met());
    }
}
