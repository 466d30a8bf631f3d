//! Numbers in the place of names, the same for the same name within one bundle.

use std::collections::HashMap;

/// What the numbers stand for. They are told to nobody.
#[derive(Default)]
pub(super) struct Pseudonyms(HashMap<(&'static str, String), usize>);

impl Pseudonyms {
    /// The number of something of a kind, such as `account-3`.
    pub(super) fn of(&mut self, kind: &'static str, name: &str) -> String {
        let next = 1 + self.0.keys().filter(|(known, _)| *known == kind).count();
        let number = *self.0.entry((kind, name.to_owned())).or_insert(next);
        format!("{kind}-{number}")
    }

    /// An actor of the audit log.
    pub(super) fn of_actor(&mut self, actor: &str) -> String {
        match actor.split_once(':') {
            Some(("api_token", name)) => self.of("token", name),
            Some(("person", name)) => self.of("person", name),
            Some(("device", id)) => self.of("mac", id),
            Some(("enrolment_link", name)) => format!("link-of-{}", self.of("serial", name)),
            Some(("recovery_link", id)) => format!("link-of-{}", self.of("mac", id)),
            Some(_) => "somebody".to_owned(),
            None if actor == "server" || actor == "operator" => actor.to_owned(),
            None => "somebody".to_owned(),
        }
    }
}

/// A version or a model, as far as it looks like one; everything else is left out.
pub(super) fn plain(text: &str) -> Option<String> {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || ".,-_".contains(letter);
    let begins_as_one = text.starts_with(|letter: char| letter.is_ascii_alphanumeric());
    let is_one = begins_as_one && text.len() <= 24 && text.chars().all(fits);
    (is_one && text.contains(|letter: char| letter.is_ascii_digit())).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_has_the_same_number_and_another_another() {
        let mut names = Pseudonyms::default();
        assert_eq!(names.of("account", "ada"), "account-1");
        assert_eq!(names.of("account", "bob"), "account-2");
        assert_eq!(names.of("account", "ada"), "account-1");
        assert_eq!(names.of("person", "ada"), "person-1");
        assert_eq!(names.of_actor("person:ada"), "person-1");
        assert_eq!(names.of_actor("person:eve:x"), "person-2");
        assert_eq!(names.of_actor("server"), "server");
        assert_eq!(names.of_actor("ada"), "somebody");
        assert_eq!(names.of_actor("other:ada"), "somebody");
    }

    #[test]
    fn only_what_looks_like_a_version_or_a_model_is_told() {
        for told in ["15.2", "24C101", "Mac14,2", "0.1.0-rc.1"] {
            assert_eq!(plain(told).as_deref(), Some(told));
        }
        for kept in ["", "Ada's Mac 2", "a secret 1", "nodigits", "-1", &"1".repeat(25)] {
            assert_eq!(plain(kept), None, "{kept}");
        }
    }
}
