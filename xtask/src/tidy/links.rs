//! Links between our pages lead somewhere.

use super::Breach;
use std::collections::BTreeSet;

/// Reports relative links of the page at `path` that lead to none of the tree's files and folders.
pub fn check(path: &str, text: &str, files: &BTreeSet<&str>) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let mut in_code = false;
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if in_code {
            continue;
        }
        for target in link_targets(&without_code(line)).filter(|target| is_relative(target)) {
            let file = target.split('#').next().unwrap_or_default();
            if !resolve(path, file).is_some_and(|resolved| exists(&resolved, files)) {
                breaches.push(Breach::at_line(
                    path,
                    index + 1,
                    format!("the link to `{target}` leads nowhere"),
                ));
            }
        }
    }
    breaches
}

/// What stands between the brackets of `](…)`, without a title, and what pictures in HTML name.
fn link_targets(line: &str) -> impl Iterator<Item = &str> {
    let links = line.split("](").skip(1);
    let pictures = ["src=\"", "srcset=\""]
        .into_iter()
        .flat_map(|attribute| line.split(attribute).skip(1));
    links
        .filter_map(|rest| rest.split([')', ' ']).next())
        .chain(pictures.filter_map(|rest| rest.split(['"', ' ']).next()))
}

/// `line` without its inline code, which may show what a link looks like.
fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect()
}

fn is_relative(target: &str) -> bool {
    !target.is_empty()
        && !target.starts_with(['#', '<'])
        && !target.contains("://")
        && !target.starts_with("mailto:")
}

/// `link` as a path from the root, seen from the page at `page`; none when it leaves the tree.
fn resolve(page: &str, link: &str) -> Option<String> {
    let mut folders: Vec<&str> = page.split('/').collect();
    folders.pop();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                folders.pop()?;
            }
            name => folders.push(name),
        }
    }
    Some(folders.join("/"))
}

fn exists(path: &str, files: &BTreeSet<&str>) -> bool {
    let folder = format!("{path}/");
    path.is_empty() || files.contains(path) || files.iter().any(|file| file.starts_with(&folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(page: &str, text: &str) -> Vec<String> {
        let files = BTreeSet::from(["README.md", "docs/threat-model.md", "docs/adr/0001-words.md"]);
        check(page, text, &files)
            .iter()
            .map(|breach| breach.what.clone())
            .collect()
    }

    #[test]
    fn links_to_files_and_folders_resolve() {
        assert!(
            broken(
                "README.md",
                "[a](docs/threat-model.md#i1) and [b](docs/adr/) [c](./docs)"
            )
            .is_empty()
        );
        assert!(
            broken(
                "docs/adr/0001-words.md",
                "[up](../threat-model.md) [root](../../README.md)"
            )
            .is_empty()
        );
    }

    #[test]
    fn a_link_that_leads_nowhere_is_named() {
        assert_eq!(
            broken("README.md", "[a](docs/gone.md \"title\")"),
            ["the link to `docs/gone.md` leads nowhere"]
        );
        assert_eq!(
            broken("README.md", "<img alt=\"a\" src=\"gone.png\">"),
            ["the link to `gone.png` leads nowhere"]
        );
        assert_eq!(
            broken("README.md", "[a](../README.md)"),
            ["the link to `../README.md` leads nowhere"]
        );
        assert_eq!(
            broken("README.md", "[`code`](gone.md)"),
            ["the link to `gone.md` leads nowhere"]
        );
    }

    #[test]
    fn addresses_anchors_and_code_are_not_links_to_files() {
        assert!(
            broken(
                "README.md",
                "[a](https://example.org) [b](#here) [c](mailto:a@example.org)"
            )
            .is_empty()
        );
        assert!(broken("README.md", "```\n[a](gone.md)\n```\n`[a](gone.md)`").is_empty());
    }
}
