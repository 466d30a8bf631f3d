//! Names of the OpenAPI document: each stands for one type. Of two types with one name the document keeps the last, and tells
//! programs the other's fields under it.

use std::collections::BTreeMap;

use super::Breach;

/// The names that types of many files have in the document.
#[derive(Default)]
pub struct Names(BTreeMap<String, (String, usize)>);

impl Names {
    /// Adds those of a file, of which `code` is the text without comments and literals, and reports those that are taken.
    pub fn add(&mut self, path: &str, code: &str) -> Vec<Breach> {
        let mut breaches = Vec::new();
        for (line, name) in names(code) {
            match self.0.get(&name) {
                Some((other, at)) => breaches.push(Breach::at_line(
                    path,
                    line,
                    format!("`{name}` is the schema of {other}:{at} too; give one of them another by `schema(as = …)`"),
                )),
                None => {
                    self.0.insert(name, (path.to_owned(), line));
                }
            }
        }
        breaches
    }
}

/// The names of the types in `code` that derive a schema, each with its line.
fn names(code: &str) -> Vec<(usize, String)> {
    let (mut names, mut derives, mut other_name) = (Vec::new(), false, None);
    for (index, line) in code.lines().enumerate() {
        let line = line.trim();
        if line.starts_with("#[") {
            derives |= line.contains("ToSchema");
            other_name = word_after(line, "schema(as = ").or(other_name);
        }
        let item = word_after(line, "struct ").or_else(|| word_after(line, "enum "));
        let Some(name) = item.filter(|_| !line.starts_with('#')) else {
            continue;
        };
        let named = other_name.take();
        if std::mem::take(&mut derives) {
            names.push((index + 1, named.unwrap_or(name)));
        }
    }
    names
}

fn word_after(line: &str, before: &str) -> Option<String> {
    let (_, rest) = line.split_once(before)?;
    let word: String = rest
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect();
    (!word.is_empty()).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_types_of_one_name_are_found_wherever_they_stand() {
        let mut names = Names::default();
        let derived = "#[derive(ToSchema)]\npub enum State {\n}\n";
        assert_eq!(names.add("a.rs", derived), []);
        assert_eq!(names.add("b.rs", "#[derive(Debug)]\nstruct State;\n"), []);
        let found = names.add("c.rs", derived);
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].to_string().split("; ").next(),
            Some("c.rs:2: `State` is the schema of a.rs:2 too")
        );
    }

    #[test]
    fn another_name_that_is_given_counts() {
        let mut names = Names::default();
        assert_eq!(names.add("a.rs", "#[derive(ToSchema)]\nstruct State;\n"), []);
        let renamed =
            "#[cfg_attr(f, derive(utoipa::ToSchema), schema(as = Other))]\n#[serde(x)]\nstruct State;\n";
        assert_eq!(names.add("b.rs", renamed), []);
        assert_eq!(names.add("c.rs", "#[derive(ToSchema)]\nstruct Other;\n").len(), 1);
    }
}
