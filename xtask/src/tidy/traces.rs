//! Nothing in the tree depends on one machine: no folder of a build machine, no address of a package
//! registry or of a mirror of one.

use super::Breach;

/// Folders of build machines. The pieces are put together here so that this file passes its own rule.
const FOLDERS: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
];

const REGISTRY_HOSTS: &[&str] = &[
    concat!("index.", "crates.io"),
    concat!("static.", "crates.io"),
    concat!("registry.", "npmjs"),
    concat!("pypi", ".org"),
    concat!("python", "hosted"),
    concat!("deb.", "debian.org"),
    concat!("arti", "factory"),
];

/// Reports the first trace of a machine in each line of a file.
pub fn check(path: &str, text: &str) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if let Some(folder) = FOLDERS.iter().find(|folder| has_folder(line, folder)) {
            breaches.push(Breach::at_line(
                path,
                index + 1,
                format!("names a build machine's folder `{folder}`"),
            ));
        } else if let Some(host) = REGISTRY_HOSTS.iter().find(|host| line.contains(**host)) {
            breaches.push(Breach::at_line(
                path,
                index + 1,
                format!("names a registry's host `{host}`"),
            ));
        }
    }
    breaches
}

/// Whether `folder` stands in `line` as an absolute path, not as the tail of a longer one.
fn has_folder(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || "_-./}>".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_folders_are_found() {
        for folder in FOLDERS {
            assert_eq!(
                check("a.md", &format!("first\nsee `{folder}x`")).len(),
                1,
                "{folder}"
            );
        }
    }

    #[test]
    fn tails_of_longer_paths_are_fine() {
        for folder in FOLDERS {
            assert_eq!(
                check("a.md", &format!("/var{folder}x crates{folder} ../{folder}")),
                [],
                "{folder}"
            );
        }
    }

    #[test]
    fn registry_hosts_are_found() {
        for host in REGISTRY_HOSTS {
            let found = check(
                "package-lock.json",
                &format!("\"resolved\": \"https://{host}/x.tgz\""),
            );
            assert_eq!(found.len(), 1, "{host}");
        }
    }

    #[test]
    fn the_name_of_the_registry_in_a_lock_file_is_fine() {
        assert_eq!(
            check(
                "Cargo.lock",
                "source = \"registry+https://github.com/rust-lang/crates.io-index\""
            ),
            []
        );
    }
}
