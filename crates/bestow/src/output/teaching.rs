//! Refusals that teach: what it is, why it came about, what to do, and where to read on.

use trust::code::Code;
use trust::words::prose;

use super::table;
use crate::client::{ActionView, PlanView, Problem};

/// One end or refusal, explained.
#[derive(Debug, Clone, Default)]
pub struct Teaching {
    /// `Refused`, `Failed`, …
    pub verdict: String,
    /// The stable code.
    pub code: Option<String>,
    /// The heading that groups kindred codes.
    pub heading: Option<String>,
    /// One line.
    pub title: String,
    /// What is special about this occurrence.
    pub detail: Option<String>,
    /// The next step in this very case.
    pub next_step: Option<String>,
    /// The server's address, for the page.
    pub server: Option<String>,
}

impl Teaching {
    /// Explains `code` out of the catalogue.
    pub fn of_code(verdict: &str, code: &str, server: Option<&str>) -> Self {
        let entry = Code::from_word(code).map(Code::entry);
        Self {
            verdict: verdict.to_owned(),
            code: Some(code.to_owned()),
            heading: entry.and_then(|entry| entry.heading).map(str::to_owned),
            title: entry.map_or_else(|| code.replace('_', " "), |entry| entry.title.to_owned()),
            server: server.map(str::to_owned),
            ..Self::default()
        }
    }

    /// Explains what the server refused.
    pub fn of_problem(problem: &Problem, server: Option<&str>) -> Self {
        let code = problem.code.as_deref();
        let mut teaching = match code {
            Some(code) => Self::of_code("Refused", code, server),
            None => Self {
                verdict: "Refused".to_owned(),
                ..Self::default()
            },
        };
        if code.and_then(Code::from_word).is_none() {
            teaching.title.clone_from(&problem.title);
        }
        let rule = match (&problem.field, &problem.rule) {
            (Some(field), Some(rule)) => Some(format!("{field}: {rule}")),
            (Some(only), None) | (None, Some(only)) => Some(only.clone()),
            (None, None) => None,
        };
        // A server that has nothing special to say repeats the catalogue, which is told anyway.
        let entry = code.and_then(Code::from_word).map(Code::entry);
        let special = |text: &Option<String>| {
            text.clone()
                .filter(|text| entry.is_none_or(|entry| text != entry.cause && text != entry.fix))
        };
        teaching.detail = special(&problem.detail).or(rule);
        teaching.next_step = special(&problem.next_step);
        teaching
    }

    /// Explains how an action ended.
    pub fn of_action(action: &ActionView, server: Option<&str>) -> Self {
        let mut verdict = action.state.clone();
        if let Some(first) = verdict.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let Some(code) = action.code.as_deref() else {
            return Self {
                title: verdict.clone(),
                verdict,
                ..Self::default()
            };
        };
        let mut teaching = Self::of_code(&verdict, code, server);
        if Code::from_word(code).is_none() {
            teaching.heading.clone_from(&action.heading);
            if let Some(title) = &action.code_title {
                teaching.title.clone_from(title);
            }
        }
        teaching.next_step = action
            .plan
            .as_ref()
            .and_then(|plan| next_step(code, plan, action.account("administrator")));
        teaching
    }

    /// The whole text.
    pub fn text(&self) -> String {
        let mut first = self.verdict.clone();
        for part in [self.heading.as_deref(), Some(self.title.as_str())] {
            if let Some(part) = part.filter(|part| !part.is_empty() && *part != self.verdict) {
                first.push_str(": ");
                first.push_str(part);
            }
        }
        let facts = self.facts();
        match facts.is_empty() {
            true => first,
            false => format!("{first}\n{}", table::facts(facts)),
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        let entry = self.code.as_deref().and_then(Code::from_word).map(Code::entry);
        let mut facts = Vec::new();
        facts.extend(self.code.clone().map(|code| ("Code", code)));
        facts.extend(self.detail.as_deref().map(|detail| ("Here", prose(detail))));
        if let Some(entry) = entry {
            facts.push(("Cause", prose(entry.cause)));
            facts.push(("Fix", prose(entry.fix)));
            facts.push(("Bestow", prose(entry.bestow)));
        }
        facts.extend(self.next_step.clone().map(|step| ("Next step", step)));
        if let (Some(code), Some(server)) = (&self.code, &self.server) {
            facts.push(("Page", format!("{server}/codes/{code}")));
        }
        if let Some(code) = self.code.as_deref().filter(|_| entry.is_some()) {
            facts.push(("More", format!("bestow explain {code}")));
        }
        facts
    }
}

/// The next step that `plan` shows for a refusal with `code`: which accounts would do instead of the one that was `tried`.
pub fn next_step(code: &str, plan: &PlanView, tried: Option<&str>) -> Option<String> {
    let code = Code::from_word(code)?;
    if !matches!(
        code,
        Code::NoGranter
            | Code::AdministratorUnknown
            | Code::AdministratorHasNoToken
            | Code::AdministratorTokenUnusable
            | Code::AdministratorNotAdmin
            | Code::GrantNotConfirmed
    ) {
        return None;
    }
    let others: Vec<&str> = plan
        .granters
        .iter()
        .map(String::as_str)
        .filter(|granter| Some(*granter) != tried)
        .collect();
    if !others.is_empty() {
        Some(format!("grant with --administrator {}", others.join(" or ")))
    } else if !plan.standard_holders.is_empty() {
        Some(format!(
            "make {} an administrator on the Mac, then grant with that account",
            plan.standard_holders.join(" or ")
        ))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(granters: &[&str], standard_holders: &[&str]) -> PlanView {
        let owned = |names: &[&str]| names.iter().map(ToString::to_string).collect();
        PlanView {
            granters: owned(granters),
            standard_holders: owned(standard_holders),
            ..PlanView::default()
        }
    }

    #[test]
    fn the_next_step_names_who_could_grant_instead() {
        let step =
            |code, granters: &[&str], standard: &[&str]| next_step(code, &plan(granters, standard), None);
        let grace = step("administrator_has_no_token", &["grace"], &["ben"]);
        assert_eq!(grace.as_deref(), Some("grant with --administrator grace"));
        let ben = step("no_granter", &[], &["ben"]).unwrap();
        assert!(ben.starts_with("make ben an administrator"), "{ben}");
        assert_eq!(step("target_unknown", &["grace"], &[]), None);
        assert_eq!(step("chain_broken", &[], &[]), None);
    }

    #[test]
    fn every_code_of_the_catalogue_teaches() {
        for code in Code::ALL {
            let text = Teaching::of_code("Refused", code.word(), Some("https://b.example")).text();
            let words: Vec<&str> = text.split_whitespace().collect();
            let flat = words.join(" ");
            let entry = code.entry();
            for part in [
                entry.title,
                "Cause",
                "Fix",
                "Page",
                &format!("bestow explain {code}"),
            ] {
                assert!(flat.contains(part), "{part:?} is missing for {code}:\n{text}");
            }
            assert!(flat.starts_with(&match entry.heading {
                Some(heading) => format!("Refused: {heading}: {}", entry.title),
                None => format!("Refused: {}", entry.title),
            }));
        }
    }

    #[test]
    fn a_code_of_a_newer_server_is_told_in_the_servers_words() {
        let problem: Problem = serde_json::from_value(serde_json::json!({
            "title": "The moon is full", "code": "moon_full", "detail": "it shines", "next_step": "wait a day",
        }))
        .unwrap();
        let text = Teaching::of_problem(&problem, Some("https://b.example")).text();
        for part in [
            "Refused: The moon is full",
            "it shines",
            "wait a day",
            "https://b.example/codes/moon_full",
        ] {
            assert!(text.contains(part), "{part:?} is missing in\n{text}");
        }
        assert!(!text.contains("bestow explain"), "{text}");
    }
}
